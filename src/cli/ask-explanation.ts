// Asks a running daemon why its last decision is as it is. Its words are checked, as those of a status are.
import { z } from 'zod';
import type { Config } from '../domain/config.ts';
import type { Explanation } from '../domain/explanation.ts';
import type { Result } from '../domain/result.ts';
import { GATES } from '../domain/verdict.ts';
import { askJudged, GateShape, JudgedShape } from './daemon.ts';

const rules = z.array(
  z.object({
    id: z.string(),
    says: z.string(),
    answer: z.enum(['yes', 'no', 'not-asked']),
    saw: z.string(),
  }),
);
const ExplanationShape = JudgedShape.extend({
  verdictRules: rules,
  electionRules: rules,
  gates: z.array(z.object({ gate: z.enum(GATES), says: z.string(), shut: z.array(GateShape) })),
}) satisfies z.ZodType<Explanation>;

/** The daemon's explanation, or why it is not to be had or not to be believed, as the end of a sentence. */
export function askExplanation(
  config: Config,
  nowMs: number,
): Promise<Result<Explanation, string>> {
  return askJudged(config, nowMs, '/v1/explain', ExplanationShape);
}
