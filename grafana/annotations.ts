// Marks in every panel: what was done, and when the verdict changed.
import { AnnotationQueryBuilder } from '@grafana/grafana-foundation-sdk/dashboard';
import { ASIDE, BAD } from './colours.ts';
import { DATASOURCE, over } from './panels.ts';
import { ACTIONS_NEW, VERDICT_NEW } from './promql.ts';

export function annotations() {
  return [
    mark('Actions', BAD, ACTIONS_NEW)
      .titleFormat('{{action}} at {{haproxy}}: {{result}}')
      .textFormat('under the verdict {{reason}}')
      .tagKeys('haproxy,result'),
    mark('Verdicts', ASIDE, VERDICT_NEW).titleFormat('{{verdict}}').textFormat('the verdict now'),
  ];
}

function mark(name: string, colour: string, expr: string): AnnotationQueryBuilder {
  return new AnnotationQueryBuilder()
    .name(name)
    .datasource(DATASOURCE)
    .enable(true)
    .hide(false)
    .iconColor(colour)
    .target(over('Anno', expr, ''));
}
