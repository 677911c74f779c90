// `/v1/explain`: a status' words, the rules of the same decision, and every gate, open or shut.
import { expect, test } from 'vitest';
import { decide } from '../../src/decide/decide.ts';
import { explainRules } from '../../src/decide/explain.ts';
import { BLANK } from '../../src/decide/memory.ts';
import { GATES } from '../../src/domain/verdict.ts';
import { toExplanation } from '../../src/report/explanation.ts';
import { toStatus } from '../../src/report/status.ts';
import { NOW, POLICY, SPLIT } from './world.ts';

test('an explanation is that of the memory that went in, with every gate in its order', () => {
  const memory = { ...BLANK, target: 'main' };
  const { memory: _, ...judgement } = decide(SPLIT, memory, POLICY, NOW);
  const input = {
    source: 'daemon',
    cluster: 'ADA1',
    backend: 'bp',
    mode: 'converge',
    snapshot: SPLIT,
    judgement,
    now: NOW,
    faultText: () => '',
  } as const;
  const { gates, verdictRules, electionRules, ...words } = toExplanation({
    ...input,
    memory,
    policy: POLICY,
  });
  const status = toStatus(input);
  expect(status).toMatchObject(words);
  expect(words).toMatchObject({ rule: 'R30', election: 'E60', says: status.says, degraded: [] });
  expect({ verdictRules, electionRules }).toEqual(explainRules(SPLIT, memory, POLICY, NOW));
  expect(gates.map(({ gate }) => gate)).toEqual(GATES);
  expect(gates.flatMap(({ shut }) => shut)).toEqual(status.gates);
  expect(status.gates.map(({ gate, proxy }) => [gate, proxy])).toEqual([['unconfirmed', 'ha2']]);
});
