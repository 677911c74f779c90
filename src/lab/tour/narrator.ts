// Tells the tour: its steps and what came of each, with the time and the counts; live below it the table and the progress.
import type { Screen, Mood } from '../../domain/screen.ts';
import type { Lab } from '../lab.ts';
import type { Supervisor } from '../supervisor.ts';
import { countsLine, tableLines } from '../table.ts';

export interface Narrator {
  /** The next step begins. */
  step(title: string): void;
  /** What came of it. With `counts` also who is where at this moment. */
  note(text: string, how?: { readonly mood?: Mood; readonly counts?: boolean }): void;
  /** Takes the live lines away. */
  end(): void;
}

interface Telling {
  readonly lab: Lab;
  readonly screen: Screen;
  readonly steps: number;
  /** How long the tour takes, roughly. */
  readonly aboutS: number;
  readonly mainstay: Supervisor;
}

const REDRAW_MS = 200;
const BAR = 30;

/** Time begins with it. */
export function makeNarrator({ lab, screen, steps, aboutS, mainstay }: Telling): Narrator {
  const startMs = performance.now();
  let step = 0;
  const elapsedS = (): number => (performance.now() - startMs) / 1000;
  const lead = (): string => `${elapsedS().toFixed(1).padStart(5)}s  `;
  const draw = (): void => {
    const done = '#'.repeat(Math.round((BAR * step) / steps)).padEnd(BAR, '.');
    const progress = `  [${done}]  step ${step} of ${steps}, ${elapsedS().toFixed(0)}s of about ${aboutS}s`;
    screen.show(['', ...tableLines(lab, mainstay), progress]);
  };
  const redraw = setInterval(draw, REDRAW_MS);
  return {
    step: (title) => {
      step++;
      screen.say(`[${step}/${steps}] ${title}`, { lead: lead(), mood: 'title' });
      draw();
    },
    note: (text, { mood, counts = true } = {}) => {
      screen.say(text, mood === undefined ? { lead: lead() } : { lead: lead(), mood });
      if (counts) {
        const lines = countsLine(lab, mainstay);
        screen.say(lines, { lead: ' '.repeat(lead().length), mood: 'quiet' });
      }
      draw();
    },
    end: () => {
      clearInterval(redraw);
      screen.show([]);
    },
  };
}
