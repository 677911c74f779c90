// Every query of the dashboard on a real Prometheus, which scrapes two mainstays of one cluster that show the same proxies.
import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Dashboard } from '@grafana/schema';
import { expect, test } from 'vitest';
import type { Ending } from '../integration/support.ts';
import { startMonitoring, type Monitoring } from '../operator/monitoring.ts';
import { queriesOf, type Query } from './queries.ts';

const HOST = '127.86.7.9';
const dashboard: Dashboard = JSON.parse(readFileSync('grafana/dashboards/mainstay.json', 'utf8'));
const filling = { cluster: 'ADA1', range: '20s', rateInterval: '4s', interval: '1s' };
const queries = queriesOf(dashboard, filling);

const HEALTHY = readFileSync('test/report/exposition.golden', 'utf8').replaceAll('(varies)', '1');
const INCIDENT = [
  ['mainstay_verdict{verdict="converged"', 0],
  ['mainstay_verdict{verdict="split-brain"', 1],
  ['mainstay_target{producer="main"', 0],
  ['mainstay_target{producer="backup"', 1],
  ['mainstay_gate{gate="cooldown"', 1],
  ['mainstay_actions_total{haproxy="ha1",action="close-server",reason="sticky",result="ok"', 1],
  ['mainstay_split_brain_seconds_total', 3],
].reduce((text, [series, value]) => withValue(text, String(series), Number(value)), HEALTHY);

function withValue(text: string, series: string, value: number): string {
  const lines = text.split('\n');
  const at = lines.findIndex((line) => line.startsWith(series));
  const labels = lines[at]?.slice(0, lines[at].lastIndexOf(' '));
  if (labels === undefined) throw new Error(`no ${series} in the golden exposition`);
  return lines.with(at, `${labels} ${value}`).join('\n');
}

/** The two mainstays, with what each shows; null: it does not answer. */
async function standIns(shown: (string | null)[], { onTestFinished }: Ending): Promise<string[]> {
  const servers = shown.map((_, index) =>
    createServer((_request, response) => {
      const text = shown[index] ?? null;
      response.writeHead(text === null ? 503 : 200, { 'content-type': 'text/plain' });
      response.end(text);
    }).listen(9847 + index, HOST),
  );
  onTestFinished(() => {
    for (const server of servers) server.close().closeAllConnections();
  });
  await Promise.all(servers.map((server) => once(server, 'listening')));
  return servers.map((_, index) => `${HOST}:${9847 + index}`);
}

type Ask = (query: Query) => ReturnType<Monitoring['ask']>;

async function withoutSeries(ask: Ask): Promise<string[]> {
  const answers = await Promise.all(queries.map(ask));
  return queries.flatMap(({ where }, index) => (answers[index]?.length === 0 ? [where] : []));
}

const isMissing = spawnSync('prometheus', ['--version']).error !== undefined;

test.skipIf(isMissing)(
  'each query has series in an incident; what two see counts once; what nobody sees is no number',
  { timeout: 60_000 },
  async ({ onTestFinished, onTestFailed }) => {
    const ending: Ending = { onTestFinished, onTestFailed };
    const dir = mkdtempSync(join(tmpdir(), 'mainstay-queries-'));
    onTestFinished(() => rm(dir, { recursive: true, force: true }));
    const shown: (string | null)[] = [HEALTHY, HEALTHY];
    const addresses = await standIns(shown, ending);
    const began = new Date();
    const jobs = { mainstay: addresses };
    const prometheus = await startMonitoring(ending, {
      dir,
      host: HOST,
      jobs,
      rules: 'groups: []',
    });
    const ask: Ask = (query) => prometheus.ask(query, began, new Date());
    /** Of a panel's first query, as it is now. */
    const shows = async (panel: string) => {
      const query = queries.find(({ where }) => where === `${panel} A`);
      if (query === undefined) throw new Error(`no panel ${panel}`);
      return (await ask(query)).map(({ metric, values }) => [metric, values.at(-1)?.[1]]);
    };

    const scraped = { timeout: 10_000, interval: 50 };

    await expect.poll(() => shows('Verdict'), scraped).toEqual([[{}, '1']]);
    expect(await shows('Sessions off the target now')).toEqual([[{}, '0']]);
    expect(await shows('Held back by')).toEqual([[{ gate: 'none' }, '0']]);

    // The second has not seen it yet.
    shown[0] = INCIDENT;
    await expect.poll(() => shows('Verdict'), scraped).toEqual([[{}, '8']]);
    // ha1 has 4 on main, 1 more in an old worker, and 3 on a server that is not listed.
    expect(await shows('Sessions off the target now')).toEqual([[{}, '5']]);
    expect(await shows('Old workers, off the target')).toEqual([[{}, '1']]);
    expect(await shows('Held back by')).toEqual([[{ gate: 'cooldown' }, '1']]);
    expect(await shows('Proxies unseen')).toEqual([[{}, '1']]);
    shown[1] = INCIDENT;
    await expect.poll(() => shows('Target'), scraped).toEqual([[{ producer: 'backup' }, '1']]);
    expect(await shows('Sessions off the target now')).toEqual([[{}, '5']]);
    // A step later at the latest.
    await expect.poll(() => withoutSeries(ask), scraped).toEqual([]);

    shown.fill(null);
    const down = addresses.map((instance) => [{ instance }, '0']);
    await expect.poll(() => shows('mainstay answers'), scraped).toEqual(down);
    expect(await shows('Sessions off the target now')).toEqual([]);
    expect(await shows('Held back by')).toEqual([]);
  },
);
