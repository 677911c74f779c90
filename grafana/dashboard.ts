// The dashboard whole. UPDATE_DASHBOARD=1 npx vitest run test/grafana/dashboard.test.ts writes dashboards/mainstay.json.
import {
  DashboardBuilder,
  DashboardCursorSync,
  DatasourceVariableBuilder,
  QueryVariableBuilder,
  RowBuilder,
  VariableRefresh,
} from '@grafana/grafana-foundation-sdk/dashboard';
import type { Dashboard, Panel } from '@grafana/grafana-foundation-sdk/dashboard';
import type { Builder } from '@grafana/grafana-foundation-sdk/cog';
import { annotations } from './annotations.ts';
import { DATASOURCE } from './panels.ts';
import { actions } from './rows/actions.ts';
import { atAGlance } from './rows/at-a-glance.ts';
import { gates } from './rows/gates.ts';
import { looks } from './rows/looks.ts';
import { overTime } from './rows/over-time.ts';
import { sessions } from './rows/sessions.ts';
import { supervisors } from './rows/supervisors.ts';

/** From top to bottom. */
const ROWS: readonly (readonly [title: string, panels: readonly Builder<Panel>[]])[] = [
  ['Is every session where it should be?', atAGlance()],
  ['Sessions', sessions()],
  ['What has been', overTime()],
  ['Why not more', gates()],
  ['What was done', actions()],
  ['Looks', looks()],
  ['mainstay itself', supervisors()],
];

/** The same for every call: nothing in it comes from anywhere but the files beside this one. */
export function buildDashboard(): Dashboard {
  const builder = new DashboardBuilder('mainstay')
    .uid('mainstay')
    .description('Is every session on the producer where it should be, and if not, why not yet?')
    .tags(['mainstay', 'haproxy'])
    .time({ from: 'now-1h', to: 'now' })
    .refresh('5s')
    .timezone('browser')
    .tooltip(DashboardCursorSync.Crosshair)
    .variables([
      new DatasourceVariableBuilder('datasource').label('Prometheus').type('prometheus'),
      new QueryVariableBuilder('cluster')
        .label('Cluster')
        .datasource(DATASOURCE)
        .query({
          query: 'label_values(mainstay_build_info, cluster)',
          refId: 'StandardVariableQuery',
        })
        .refresh(VariableRefresh.OnTimeRangeChanged),
    ])
    .annotations(annotations());
  for (const [title, panels] of ROWS) {
    builder.withRow(new RowBuilder(title));
    for (const panel of panels) builder.withPanel(panel);
  }
  return withIds(withoutLeftovers(builder.build()));
}

/** A link to a panel names its id: 200 is the second row, 203 its third panel, whatever comes in other rows. */
function withIds(dashboard: Dashboard): Dashboard {
  let row = 0;
  let id = 0;
  for (const panel of dashboard.panels ?? []) {
    if (panel.type === 'row') id = row += 100;
    panel.id = id++;
  }
  return dashboard;
}

/** The builders set by default what Grafana 13 has no more: a table's own footer, and the steps of a variable that is no interval. */
function withoutLeftovers(dashboard: Dashboard): Dashboard {
  for (const panel of dashboard.panels ?? []) {
    if (panel.type === 'table' && 'options' in panel) delete panel.options.footer;
  }
  for (const variable of dashboard.templating?.list ?? []) {
    delete variable.auto;
    delete variable.auto_min;
    delete variable.auto_count;
  }
  return dashboard;
}
