// What this process itself costs. prom-client's default set would add timers and a GC observer to an idle sidecar.
import { Counter, Gauge } from 'prom-client';
import type { Registry } from 'prom-client';

/** Read at each scrape and never between; the names are those of every Prometheus client. */
export function addProcessMetrics(registry: Registry): void {
  const registers = [registry];
  void new Counter({
    name: 'process_cpu_seconds_total',
    help: 'User and system CPU time spent in seconds.',
    registers,
    collect() {
      const { user, system } = process.cpuUsage();
      this.reset();
      this.inc((user + system) / 1e6);
    },
  });
  void new Gauge({
    name: 'process_resident_memory_bytes',
    help: 'Resident memory size in bytes.',
    registers,
    collect() {
      this.set(process.memoryUsage.rss());
    },
  });
}
