// Memory and processor of a supervisor with two proxies and nothing to do.
import { setTimeout as sleep } from 'node:timers/promises';
import { median, processorSeconds, residentMB, withSupervisor } from './measure.mjs';

const SETTLE_MS = 10_000;
const SECONDS = 60;

export function idle() {
  return withSupervisor({ relays: 2 }, {}, async (_lab, pid) => {
    await sleep(SETTLE_MS);
    const before = processorSeconds(pid);
    const resident = [];
    for (let second = 0; second < SECONDS; second += 1) {
      await sleep(1000);
      resident.push(residentMB(pid));
    }
    const percent = ((processorSeconds(pid) - before) / SECONDS) * 100;
    return [
      ['idle, two proxies at 1 s: resident', `${median(resident).toFixed(1)} MB`, 'under 90 MB'],
      ['idle, two proxies at 1 s: processor', `${percent.toFixed(2)} % of a core`, 'under 1 %'],
    ];
  });
}
