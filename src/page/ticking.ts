// Times that go on by themselves: what is left, and since when, by the server's clock.
import { html, write } from './dom.ts';
import { durationText, leftText } from './duration.ts';

/** `in 1 min 12 s`, and on; `at` is RFC 3339. */
export function countdown(at: string): HTMLElement {
  return html('time', { datetime: at, class: 'left' });
}

/** `2 min 3 s`, and on. */
export function lasting(at: string): HTMLElement {
  return html('time', { datetime: at, class: 'since' });
}

/** Writes anew what has changed, in all of them. */
export function tick(serverMs: number): void {
  for (const time of document.querySelectorAll<HTMLTimeElement>('.left,.since')) {
    const ms = Date.parse(time.dateTime) - serverMs;
    write(time, time.className === 'left' ? leftText(ms) : durationText(-ms));
  }
}

/** UTC, as the log and all sentences have it; with its date where that is not today's. `at` has milliseconds. */
export function clockText(at: string): string {
  const [day = '', time = ''] = at.split(/[T.]/);
  const date = new Date().toISOString().startsWith(day) ? '' : `${day.slice(5)} `;
  return `${date}${time}Z`;
}
