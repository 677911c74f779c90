// Shows a lab that stays: the table and the keys where they can be seen, else the counts whenever they have changed.
import type { Screen } from '../../domain/screen.ts';
import type { Lab } from '../lab.ts';
import type { Supervisor } from '../supervisor.ts';
import { countsLine, tableLines } from '../table.ts';

interface Showing {
  readonly screen: Screen;
  readonly lab: Lab;
  readonly mainstay: Supervisor;
  readonly legend: readonly string[];
  readonly say: (text: string) => void;
}

const REDRAW_MS = 250;
/** Counts are said no more often than this. */
const SAY_EVERY_MS = 1000;

/** Until what it gives back is called. */
export function showLive({ screen, lab, mainstay, legend, say }: Showing): () => void {
  let said = '';
  const draw = (): void => screen.show(['', ...tableLines(lab, mainstay), ...legend]);
  const tell = (): void => {
    const counts = countsLine(lab, mainstay);
    if (counts === said) return;
    said = counts;
    say(counts);
  };
  const again = screen.live ? setInterval(draw, REDRAW_MS) : setInterval(tell, SAY_EVERY_MS);
  return () => {
    clearInterval(again);
    screen.show([]);
  };
}
