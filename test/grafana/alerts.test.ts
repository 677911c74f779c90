// grafana/alerts.yml by the real promtool: each alert fires when it must and is quiet when it may, at any pace of scrapes.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { parse, stringify } from 'yaml';
import { CASES } from './alert-cases.ts';
import type { Case } from './alert-cases.ts';
import { seriesOf } from './alert-world.ts';

const FILE = 'grafana/alerts.yml';
const folder = mkdtempSync(join(tmpdir(), 'mainstay-alerts-'));
afterAll(() => rmSync(folder, { recursive: true }));

const promtool = (...args: string[]) => {
  const { status, stdout, stderr } = spawnSync('promtool', args, { encoding: 'utf8' });
  return { status, said: `${stdout}${stderr}` };
};

interface Rule {
  readonly alert?: string;
  readonly record?: string;
  readonly expr: string;
  readonly labels?: Readonly<Record<string, string>>;
  readonly annotations?: Readonly<Record<string, string>>;
}

const { groups }: { groups: readonly { readonly rules: readonly Rule[] }[] } = parse(
  readFileSync(FILE, 'utf8'),
);
const rules = groups.flatMap((group) => group.rules);
const alerts = rules.filter((rule) => rule.alert !== undefined);
const names = alerts.map(({ alert }) => alert ?? '');
/** What an operator reads in the first story that an alert fires in, `at` that time. */
const TEXTS: Readonly<Record<string, { readonly at: string } & Readonly<Record<string, string>>>> =
  parse(readFileSync('test/grafana/alert-texts.yml', 'utf8'));

test('promtool takes the rules and what loads them', () => {
  expect(promtool('check', 'rules', '--lint-fatal', FILE)).toMatchObject({ status: 0 });
  expect(promtool('check', 'config', 'grafana/prometheus.yml')).toMatchObject({ status: 0 });
});

test('each alert has a story to fire in, one to be quiet in, and its words', () => {
  for (const way of [true, false]) {
    const told = CASES.filter(({ fires }) => fires === way).map(({ alert }) => alert);
    expect([...new Set(told)].toSorted()).toEqual(names.toSorted());
  }
  expect(Object.keys(TEXTS).toSorted()).toEqual(names.toSorted());
});

/** Where seconds count at two paces; the stories of hours, where they do not, with fewer samples than may be. */
const PACES: [step: string, stepS: number, cases: readonly Case[]][] = [
  [
    '5s',
    5,
    CASES.filter(({ alert, untilS }) => /SplitBrain|NoProducer/.test(alert) && untilS <= 600),
  ],
  ['30s', 30, CASES.filter(({ untilS }) => untilS <= 3600)],
  ['2m', 120, CASES.filter(({ untilS }) => untilS > 3600)],
];

test.for(PACES)(
  'scraped each %s, exactly those fire that must, and only for as long',
  { timeout: 120_000 },
  ([step, stepS, cases]) => {
    const file = join(folder, `${step}.yml`);
    writeFileSync(file, stringify(suite(step, stepS, cases), { lineWidth: 0 }));
    expect(promtool('test', 'rules', file)).toEqual({
      status: 0,
      said: expect.stringMatching(/SUCCESS/),
    });
  },
);

function suite(step: string, stepS: number, cases: readonly Case[]) {
  const unsaid = new Set(names);
  return {
    rule_files: [resolve(FILE)],
    evaluation_interval: step,
    tests: cases.map(({ alert, when, story, untilS, ever, left, fires }) => {
      const says = stepS >= 30 && fires && unsaid.delete(alert) ? TEXTS[alert] : undefined;
      return {
        name: `${alert}: ${when}`,
        interval: step,
        input_series: seriesOf(story, untilS, stepS),
        promql_expr_test: [
          firing('last_over_time(ALERTS{alertstate="firing"}[1d])', untilS, ever),
          firing('ALERTS{alertstate="firing"}', untilS, left),
        ],
        ...(says !== undefined && { alert_rule_test: [reads(alert, says, ever)] }),
      };
    }),
  };
}

function firing(what: string, atS: number, alertsThen: readonly string[]) {
  return {
    expr: `group by (alertname, cluster, haproxy, server, job, instance) (${what})`,
    eval_time: `${atS}s`,
    exp_samples: alertsThen.map((alert) => ({ labels: `{${labelsOf(alert)}}`, value: 1 })),
  };
}

function labelsOf(alert: string): string {
  const [, name, own] = /^(\w+)(?:\{(.*)\})?$/.exec(alert) ?? [];
  return `alertname="${name}",cluster="ADA1"${own === undefined ? '' : `,${own}`}`;
}

function reads(
  alert: string,
  { at, ...words }: { readonly at: string } & Readonly<Record<string, string>>,
  ever: readonly string[],
) {
  const rule = alerts.find((one) => one.alert === alert);
  const labels = labelsOf(ever.find((one) => one.replace(/\{.*/, '') === alert) ?? alert);
  const own = Object.fromEntries(
    [...labels.matchAll(/(\w+)="([^"]*)"/g)].map(([, name, value]) => [name, value]),
  );
  const { alertname: _, ...exp_labels } = { ...own, ...rule?.labels };
  const exp_annotations = { ...words, runbook_url: rule?.annotations?.['runbook_url'] };
  return { eval_time: at, alertname: alert, exp_alerts: [{ exp_labels, exp_annotations }] };
}

test('where Prometheus scrapes no mainstay at all, that is told', () => {
  const file = join(folder, 'absent.yml');
  const up = { series: 'up{job="haproxy",instance="ha1:8404"}', values: '1x60' };
  const all = firing('ALERTS{alertstate="firing"}', 600, []);
  const exp_samples = [{ labels: '{alertname="MainstaySupervisorDown",job="mainstay"}', value: 1 }];
  writeFileSync(
    file,
    stringify({
      rule_files: [resolve(FILE)],
      tests: [{ interval: '30s', input_series: [up], promql_expr_test: [{ ...all, exp_samples }] }],
    }),
  );
  expect(promtool('test', 'rules', file)).toMatchObject({ status: 0 });
});

test.for(alerts)('$alert says what an operator needs, and where to read on', (rule) => {
  const { alert = '', labels, annotations = {} } = rule;
  expect(alert).toMatch(/^Mainstay([A-Z][a-z]+)+$/);
  expect(labels?.['severity']).toMatch(/^(critical|warning|info)$/);
  expect(Object.keys(annotations).toSorted()).toEqual(['description', 'runbook_url', 'summary']);
  expect(annotations['runbook_url']).toBe(`docs/runbook.md#${alert.toLowerCase()}`);
  expect(annotations['description']).toContain('First: ');
  for (const word of Object.values(TEXTS[alert] ?? {})) expect(word).not.toMatch(/error|no value/);
});

test('the runbook has a section for each alert, its first line before all, and all five parts in each', () => {
  const [, ...sections] = readFileSync('docs/runbook.md', 'utf8').split(/^## (?=Mainstay)/m);
  const headings = sections.map((section) => section.split('\n', 1)[0] ?? '');
  expect(new Set(headings)).toEqual(new Set(names));
  expect(headings).toHaveLength(names.length);
  for (const section of sections) {
    expect(section).toMatch(/^\w+\n\n(Get up|Two minutes now|Back to bed|In the morning)[:,]/);
    expect(section.match(/^\*\*[^*]+\*\*/gm)).toEqual([
      '**What it means**',
      '**Who is hurt**',
      '**What mainstay is doing**',
      '**What to do**',
      '**How to be sure**',
    ]);
  }
});

/** Metric → the names and, where they are few, the values of its labels. */
const exposed = new Map<string, Map<string, Set<string>>>();
for (const [, metric = '', labels = ''] of readFileSync(
  'test/report/exposition.golden',
  'utf8',
).matchAll(/^(\w+)\{(.*)\} /gm)) {
  const known = exposed.get(metric) ?? new Map<string, Set<string>>();
  exposed.set(metric, known);
  for (const [, label = '', value = ''] of labels.matchAll(/(\w+)="([^"]*)"/g)) {
    known.set(label, (known.get(label) ?? new Set()).add(value));
  }
}
const METRIC = /\b(ALERTS|up|(?:cluster:)?mainstay_[a-z_:]+)\b(?:\{([^}]*)\})?/g;
const MATCHER = /(\w+)\s*(?:=~|!~|!=|=)\s*["']+([^"']*)["']+/g;
/** Prometheus' own; and the names that are an operator's. */
const SCRAPED = ['job', 'instance'];
const OWN_NAMES = ['cluster', 'haproxy', 'server', 'peer', 'producer'];

test.for(rules)('$expr names only what /metrics has', ({ expr, annotations = {} }) => {
  expect(unknownIn([expr, ...Object.values(annotations)].join('\n'))).toEqual([]);
});

test.for([
  ['max(mainstay_verdicts)', ['mainstay_verdicts']],
  ['mainstay_gate{gates="paused"}', ['mainstay_gate{gates}']],
  ['mainstay_gate{gate=~"paused|asleep"}', ['mainstay_gate{gate="asleep"}']],
  ['max by (cluster, proxy) (mainstay_paused)', ['proxy']],
] as const)('a rule with %s would be caught', ([text, unknown]) => {
  expect(unknownIn(text)).toEqual(unknown);
});

/** What is named there, and is not exposed: metrics, labels, values of labels. */
function unknownIn(text: string): string[] {
  const unknown: string[] = [];
  const recorded = rules.flatMap(({ record }) => record ?? []);
  for (const [, metric = '', labels = ''] of text.matchAll(METRIC)) {
    if (metric === 'ALERTS' || metric === 'up' || recorded.includes(metric)) continue;
    if (!exposed.has(metric)) unknown.push(metric);
    for (const [, label = '', value = ''] of labels.matchAll(MATCHER)) {
      const known = exposed.get(metric)?.get(label);
      if (SCRAPED.includes(label) || (known !== undefined && OWN_NAMES.includes(label))) continue;
      if (known === undefined) unknown.push(`${metric}{${label}}`);
      for (const one of value.split('|')) {
        if (known?.has(one) === false) unknown.push(`${metric}{${label}="${one}"}`);
      }
    }
  }
  const labels = new Set([...exposed.values()].flatMap((known) => [...known.keys()]));
  const listed = [...text.matchAll(/(?:by|on|without|group_left) \(([^)]*)\)/g)];
  const named = listed.flatMap(([, list = '']) => list.split(', '));
  return [...unknown, ...named.filter((label) => !labels.has(label) && !SCRAPED.includes(label))];
}
