// Debian's Prometheus and Alertmanager beside a lab, as an operator runs them: scraped, evaluated and received once a second.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { stringify } from 'yaml';
import { waitFor } from '../../src/lab/wait.ts';
import type { Ending } from '../integration/support.ts';

/** An alert as Alertmanager has it (GET /api/v2/alerts). */
export interface Alert {
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
  readonly fingerprint: string;
  /** `suppressed`: another one is told in its place. */
  readonly status: { readonly state: 'active' | 'suppressed' | 'unprocessed' };
}

type Value = readonly [atS: number, value: string];

/** As Prometheus answers: one value to an instant, more to a range; or the alerts that are pending or fire. */
interface Answer {
  readonly result?: readonly {
    readonly metric: Series['metric'];
    readonly value?: Value;
    readonly values?: readonly Value[];
  }[];
  readonly alerts?: readonly unknown[];
}

/** One series of an answer of Prometheus: values with their times, oldest first. */
export interface Series {
  readonly metric: Readonly<Record<string, string>>;
  readonly values: readonly Value[];
}

interface Query {
  readonly expr: string;
  readonly kind: 'instant' | 'range';
}

export interface Monitoring {
  /** Prometheus' own. */
  readonly url: string;
  /** What fires now, as Alertmanager has heard; what is resolved it does not list. */
  firing(): Promise<readonly Alert[]>;
  /** Each second of the range, or at its end; throws with Prometheus' words where it does not like the query. */
  ask(query: Query, from: Date, to: Date): Promise<readonly Series[]>;
}

export interface MonitoringOptions {
  /** For their files. */
  readonly dir: string;
  /** An address of this test's own, as `lab.listen`. */
  readonly host: string;
  /** `HOST:PORT` by job. */
  readonly jobs: Readonly<Record<string, readonly string[]>>;
  /** The text of a rule file. */
  readonly rules: string;
}

const START_MS = 20_000;
const ASK_MS = 5000;

/** Both end with the test. */
export async function startMonitoring(
  ending: Ending,
  { dir, host, jobs, rules }: MonitoringOptions,
): Promise<Monitoring> {
  await mkdir(`${dir}/monitoring`);
  const at = { prometheus: `${host}:9090`, alertmanager: `${host}:9093` };
  const file = `${dir}/monitoring/prometheus.yml`;
  await writeFile(`${dir}/monitoring/alerts.yml`, rules);
  await writeFile(
    file,
    stringify({
      global: { scrape_interval: '1s', scrape_timeout: '1s', evaluation_interval: '1s' },
      rule_files: ['alerts.yml'],
      alerting: { alertmanagers: [{ static_configs: [{ targets: [at.alertmanager] }] }] },
      scrape_configs: Object.entries(jobs).map(([job_name, targets]) => ({
        job_name,
        static_configs: [{ targets }],
      })),
    }),
  );
  run(ending, 'prometheus-alertmanager', [
    `--config.file=${fileURLToPath(new URL('../../grafana/alertmanager.yml', import.meta.url))}`,
    `--storage.path=${dir}/monitoring/alertmanager`,
    `--web.listen-address=${at.alertmanager}`,
    '--cluster.listen-address=',
  ]);
  run(ending, 'prometheus', [
    `--config.file=${file}`,
    `--storage.tsdb.path=${dir}/monitoring/data`,
    `--web.listen-address=${at.prometheus}`,
  ]);
  for (const address of Object.values(at)) {
    const ready = async () => (await fetch(`http://${address}/-/ready`).catch(() => null))?.ok;
    await waitFor(async () => (await ready()) === true, START_MS, `${address} is ready`);
  }
  const firing = () => get<readonly Alert[]>(`http://${at.alertmanager}/api/v2/alerts`);
  const asks = async (path: string) =>
    (await get<{ data: Answer }>(`http://${at.prometheus}/api/v1/${path}`)).data;
  // Until its first scrapes Prometheus sees no supervisor at all, and says so.
  const targets = Object.values(jobs).flat().length;
  const settled = async () => {
    const { result = [] } = await asks('query?query=up==1');
    const { alerts = [] } = await asks('alerts');
    return result.length === targets && alerts.length === 0 && (await firing()).length === 0;
  };
  await waitFor(settled, START_MS, 'all are scraped, and nothing fires');
  return {
    url: `http://${at.prometheus}`,
    firing,
    ask: async ({ expr, kind }, from, to) => {
      const end = String(to.getTime() / 1000);
      const when =
        kind === 'instant'
          ? { time: end }
          : { start: String(from.getTime() / 1000), end, step: '1' };
      const path = kind === 'instant' ? 'query' : 'query_range';
      const asked = new URLSearchParams({ query: expr, ...when });
      const { result = [] } = await asks(`${path}?${asked.toString()}`);
      return result.map(({ metric, value, values }) => ({
        metric,
        values: values ?? (value === undefined ? [] : [value]),
      }));
    },
  };
}

async function get<T>(url: string): Promise<T> {
  const answer = await fetch(url, { signal: AbortSignal.timeout(ASK_MS) });
  if (!answer.ok) throw new Error(`${url}: ${answer.status} ${await answer.text()}`);
  return JSON.parse(await answer.text());
}

/** Silent, and killed at the end: nothing that it has kept is wanted. */
function run({ onTestFinished, onTestFailed }: Ending, program: string, args: string[]): void {
  const child = spawn('setpriv', ['--pdeathsig', 'KILL', program, '--log.level=warn', ...args], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const ended = once(child, 'close');
  let said = '';
  child.stderr.on('data', (chunk) => (said = `${said}${String(chunk)}`.slice(-4000)));
  onTestFailed(() => console.log(`${program}: ${said}`));
  onTestFinished(async () => {
    child.kill('SIGKILL');
    await ended;
  });
}
