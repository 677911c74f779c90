// The committed dashboard is the generated one, is put together as Grafana needs it, and asks for nothing that is not exported.
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import type { Dashboard, Panel } from '@grafana/schema';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { buildDashboard } from '../../grafana/dashboard.ts';
import { GATES, VERDICTS } from '../../src/domain/verdict.ts';
import { namesIn } from './promql-names.ts';
import { queriesOf } from './queries.ts';

const FILE = 'grafana/dashboards/mainstay.json';

if (process.env['UPDATE_DASHBOARD'] === '1') {
  writeFileSync(FILE, JSON.stringify(buildDashboard()));
  execFileSync('node_modules/.bin/oxfmt', [FILE]);
}

const text = readFileSync(FILE, 'utf8');
const dashboard: Dashboard = JSON.parse(text);
const all = dashboard.panels ?? [];
const panels = all.filter((panel): panel is Panel => panel.type !== 'row');

test('the committed dashboard is the generated one', () => {
  expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(buildDashboard())));
});

describe('the dashboard', () => {
  test('is of schema version 42, and its panels have ids of their own', () => {
    expect(dashboard.schemaVersion).toBe(42);
    expect(new Set(all.map(({ id }) => id)).size).toBe(all.length);
  });

  test('has no two panels in one place, and none outside of the 24 columns', () => {
    const taken = new Set<string>();
    const clashes: string[] = [];
    for (const { title, gridPos } of all) {
      if (gridPos === undefined) throw new Error(`${title} has no place`);
      const { x, y, w, h } = gridPos;
      if (x + w > 24) clashes.push(`${title} is too wide`);
      for (let cell = 0; cell < w * h; cell++) {
        const at = `${x + (cell % w)}/${y + Math.floor(cell / w)}`;
        if (taken.has(at)) clashes.push(`${title} at ${at}`);
        taken.add(at);
      }
    }
    expect(clashes).toEqual([]);
  });

  test.for(panels)('$title says what it shows, and asks the chosen data source', (panel) => {
    expect(panel.description).toMatch(/^[A-Z].{40,}\.$/s);
    if (panel.type === 'text') return;
    expect(panel.datasource).toEqual({ type: 'prometheus', uid: '${datasource}' });
    const targets = panel.targets ?? [];
    const letters = targets.map(({ refId }) => refId);
    expect(letters).toEqual(['A', 'B', 'C', 'D'].slice(0, targets.length));
    expect(letters).not.toEqual([]);
    for (const target of targets) {
      expect(target).toMatchObject({ expr: expect.any(String), datasource: panel.datasource });
    }
  });

  test('is made of panel types that Grafana has not given up', () => {
    const kinds = new Set(panels.map(({ type }) => type));
    expect([...kinds].toSorted()).toEqual([
      'heatmap',
      'stat',
      'state-timeline',
      'table',
      'text',
      'timeseries',
    ]);
  });

  test('has words for every verdict and every gate', () => {
    for (const word of [...VERDICTS, ...GATES]) expect(text).toContain(`"${word}"`);
  });
});

interface Stack {
  readonly services: { readonly grafana: { readonly volumes: readonly string[] } };
}
interface Provisioning {
  readonly providers: readonly { readonly options: { readonly path: string } }[];
}

test('docker-compose.yml mounts it where Grafana is told to look', () => {
  const { services }: Stack = parse(readFileSync('docker-compose.yml', 'utf8'), { merge: true });
  const { providers }: Provisioning = parse(
    readFileSync('grafana/provisioning/dashboards/mainstay.yml', 'utf8'),
  );
  const mounts = providers.map(({ options }) => `./grafana/dashboards:${options.path}:ro`);
  expect(services.grafana.volumes).toEqual(expect.arrayContaining(mounts));
});

/** Metric names of the golden exposition with all the labels that each has there. */
const exported = new Map<string, Set<string>>();
for (const line of readFileSync('test/report/exposition.golden', 'utf8').split('\n')) {
  const [, metric, labels = ''] = /^(\w+)\{(.*)\}/.exec(line) ?? [];
  if (metric === undefined) continue;
  const known = exported.get(metric) ?? new Set(['job', 'instance']);
  for (const [, label = ''] of labels.matchAll(/(\w+)="/g)) known.add(label);
  exported.set(metric, known);
}
/** What Prometheus adds of itself. */
exported.set('up', new Set(['job', 'instance']));

const filling = { cluster: 'ADA1', range: '1h', rateInterval: '20s', interval: '5s' };

describe('only what is exported is asked for', () => {
  test.for(queriesOf(dashboard, filling))('$where', ({ expr }) => {
    expect(expr).not.toContain('$_');
    const { metrics, selected } = namesIn(expr);
    expect(metrics).not.toEqual([]);
    expect(metrics.filter((name) => !exported.has(name))).toEqual([]);
    expect(selected.filter(([name, label]) => exported.get(name)?.has(label) !== true)).toEqual([]);
  });
});
