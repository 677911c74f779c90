// The committed dashboard, as tsc sees it, is one of @grafana/schema's: each panel with the options of its type, and nothing more.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';

const panelType = (module: string, name: string) =>
  `@grafana/schema/dist/esm/raw/composable/${module}/panelcfg/x/${name}PanelCfg_types.gen`;

/**
 * What stays open in the schema itself, and here: a target (each data source has its own), a transformation's options and
 * an override's value. Prometheus' own fields of an annotation are no part of it.
 */
const TYPES = `
import type { AnnotationQuery, Dashboard, FieldConfigSource, GraphFieldConfig, Panel as AnyPanel, RowPanel, TableFieldOptions } from '@grafana/schema';
import type { FieldConfig as HeatmapField, Options as Heatmap } from '${panelType('heatmap', 'Heatmap')}';
import type { Options as Stat } from '${panelType('stat', 'Stat')}';
import type { FieldConfig as TimelineField, Options as Timeline } from '${panelType('statetimeline', 'StateTimeline')}';
import type { Options as Table } from '${panelType('table', 'Table')}';
import type { Options as Text } from '${panelType('text', 'Text')}';
import type { Options as TimeSeries } from '${panelType('timeseries', 'TimeSeries')}';

/** As it is written in JSON: an enum's value by itself. */
type Json<T> = T extends string ? \`\${T}\` : T extends object ? { [K in keyof T]: Json<T[K]> } : T;
type Kind<Type, Options, Field> = Omit<AnyPanel, 'type' | 'options' | 'fieldConfig'> & {
  type: Type;
  options: Options;
  fieldConfig?: Omit<FieldConfigSource, 'defaults'> & {
    defaults: Omit<FieldConfigSource['defaults'], 'custom'> & { custom?: Partial<Field> };
  };
};
type Panel =
  | Kind<'heatmap', Heatmap, HeatmapField>
  | Kind<'stat', Stat, never>
  | Kind<'state-timeline', Timeline, TimelineField>
  | Kind<'table', Table, TableFieldOptions>
  | Kind<'text', Text, never>
  | Kind<'timeseries', TimeSeries, GraphFieldConfig>;
type Annotation = Omit<AnnotationQuery, 'target'> & {
  target: Record<string, unknown>;
  titleFormat?: string;
  textFormat?: string;
  tagKeys?: string;
};
type Written = Json<
  Omit<Dashboard, 'panels' | 'annotations'> & {
    panels: (Panel | RowPanel)[];
    annotations: { list: Annotation[] };
  }
>;
`;

test('tsc takes it for a dashboard of the schema', { timeout: 60_000 }, () => {
  const dir = mkdtempSync(join(tmpdir(), 'mainstay-schema-'));
  onTestFinished(() => rm(dir, { recursive: true }));
  symlinkSync(resolve('node_modules'), join(dir, 'node_modules'));
  writeFileSync(join(dir, 'package.json'), '{ "type": "module" }');
  const json = readFileSync('grafana/dashboards/mainstay.json', 'utf8');
  writeFileSync(
    join(dir, 'dashboard.ts'),
    `${TYPES}\nexport const it = ${json.trim()} satisfies Written;`,
  );
  const { compilerOptions } = JSON.parse(readFileSync('tsconfig.json', 'utf8'));
  writeFileSync(
    join(dir, 'tsconfig.json'),
    JSON.stringify({ compilerOptions: { ...compilerOptions, types: [], skipLibCheck: true } }),
  );
  const { stdout } = spawnSync('node_modules/.bin/tsc', ['-p', dir], { encoding: 'utf8' });
  expect(stdout).toBe('');
});
