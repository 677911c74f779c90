// The picture's numbers as a table: a row a worker, a column a producer; and what is not seen, with its reason.
import type { Status, StatusProxy } from '../domain/status.ts';
import { html } from './dom.ts';
import { HEALTH_MARKS, isWrong } from './words.ts';

export function drawTable(status: Status): HTMLElement {
  const columns = ['Proxy', 'Worker', ...status.producers];
  const head = columns.map((name) => html('th', { scope: 'col' }, name));
  return html(
    'table',
    '',
    html('tr', '', ...head),
    ...status.proxies.flatMap((one) => rows(one, status)),
  );
}

function rows(
  { name, reachable, error, workers, pin, oldWorkers }: StatusProxy,
  status: Status,
): readonly HTMLElement[] {
  const row = (...cells: readonly HTMLElement[]) =>
    html('tr', '', html('th', { scope: 'row' }, name), ...cells);
  const hidden = oldWorkers.message && `old workers are not seen: ${oldWorkers.message}`;
  const notes = reachable ? [pin.message, hidden] : [`not seen: ${error?.message ?? ''}`];
  return [
    ...workers.map((worker) =>
      row(
        html('td', '', `${worker.pid ?? '–'}${worker.old ? ' (old)' : ''}`),
        ...status.producers.map((producer) => cell(worker, producer, status)),
      ),
    ),
    ...notes.flatMap((note) => (note ? [row(html('td', { colspan: 9 }, note))] : [])),
  ];
}

function cell(
  { old, producers }: StatusProxy['workers'][number],
  producer: string,
  status: Status,
): HTMLElement {
  const server = producers.find(({ name }) => name === producer);
  if (!server) return html('td', '', '–');
  const { sessions, health, status: said } = server;
  const isBad = sessions > 0 && isWrong(status, producer);
  // An old worker checks nothing: its health is frozen.
  const shown = old ? '' : ` ${HEALTH_MARKS[health]} ${said}`;
  return html('td', isBad ? 'bad' : '', `${sessions}${isBad ? ' wrong' : ''}${shown}`);
}
