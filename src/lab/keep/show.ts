// Shows a lab that stays: the table and the keys where they can be seen, else the counts whenever they have changed.
import type { Stage } from '../../report/stage.ts';
import type { Lab } from '../lab.ts';
import type { Supervisor } from '../supervisor.ts';
import { countsLine, tableLines } from '../table.ts';

interface Showing {
  readonly stage: Stage;
  readonly lab: Lab;
  readonly mainstay: Supervisor;
  readonly legend: readonly string[];
  readonly say: (text: string) => void;
}

const REDRAW_MS = 250;
/** Counts are said no more often than this. */
const SAY_EVERY_MS = 1000;

/** Until what it gives back is called. */
export function showLive({ stage, lab, mainstay, legend, say }: Showing): () => void {
  let said = '';
  const draw = (): void => stage.show(['', ...tableLines(lab, mainstay), ...legend]);
  const tell = (): void => {
    const counts = countsLine(lab, mainstay);
    if (counts === said) return;
    said = counts;
    say(counts);
  };
  const again = stage.live ? setInterval(draw, REDRAW_MS) : setInterval(tell, SAY_EVERY_MS);
  return () => {
    clearInterval(again);
    stage.show([]);
  };
}
