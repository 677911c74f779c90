// The hooks together: who is told of what, in which shape, and what stays of it in the log, the journal and the metrics.
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer, type ServerResponse } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { describe, expect, onTestFinished, test } from 'vitest';
import { z } from 'zod';
import type { HookConfig } from '../../src/domain/config.ts';
import type { Gate, Judgement } from '../../src/domain/decision.ts';
import type { HookRecord, JournalRecord } from '../../src/domain/journal.ts';
import type { Clock } from '../../src/domain/time.ts';
import { ACTIONS, GATES, RESULTS, VERDICTS, type HookEvent } from '../../src/domain/verdict.ts';
import { makeHooks } from '../../src/report/hooks.ts';
import { portOf } from '../support/port-of.ts';
import { until } from '../support/until.ts';
import { clock as slowClock, done, judged, logBook, NOW, PLAN, SPLIT, STEP } from './world.ts';

const TOKEN = 'secret-token-2';
const EVERYTHING: readonly HookEvent[] = [...VERDICTS, 'action', 'gate'];
const COOLDOWN: Gate = {
  gate: 'cooldown',
  proxy: 'ha2',
  untilMs: NOW.monoMs + 70_000,
  reason: 'sessions at ha2 were closed lately',
};
const SPLIT_BRAIN = judged({ verdict: 'split-brain', rule: 'R30', wanted: [STEP], plan: PLAN });
/** Pauses are over at once. */
const quickClock: Clock = { now: () => NOW, sleep: async () => {} };

/** Every field of a payload, and no other. */
const PAYLOAD = z.strictObject({
  v: z.literal(1),
  at: z.iso.datetime(),
  event: z.enum(EVERYTHING),
  cluster: z.string(),
  backend: z.string(),
  verdict: z.enum(VERDICTS),
  rule: z.string(),
  target: z.string().nullable(),
  gates: z.array(
    z.strictObject({
      gate: z.enum(GATES),
      proxy: z.string().nullable(),
      until: z.iso.datetime().nullable(),
      reason: z.string(),
      opens: z.string(),
    }),
  ),
  plan: z
    .strictObject({
      target: z.string(),
      reason: z.enum(VERDICTS),
      allOrNothing: z.boolean(),
      since: z.iso.datetime(),
      steps: z.array(
        z.strictObject({
          action: z.enum(['close-server', 'close-session', 'reload', 'restart']),
          proxy: z.string(),
          pid: z.number().nullable(),
          server: z.string().nullable(),
          sessions: z.number(),
          climbed: z.string().nullable(),
        }),
      ),
    })
    .nullable(),
  outcome: z
    .strictObject({
      atMs: z.number(),
      tookMs: z.number(),
      proxy: z.string(),
      action: z.enum(ACTIONS),
      pid: z.number().nullable(),
      server: z.string().nullable(),
      target: z.string(),
      reason: z.enum(VERDICTS),
      result: z.enum(RESULTS),
      gate: z.enum(GATES).nullable(),
      listed: z.number(),
      remaining: z.number(),
      convergedMs: z.number().nullable(),
      returned: z.boolean().nullable(),
      trail: z.array(z.unknown()),
      fault: z.unknown(),
    })
    .optional(),
  message: z.string(),
});

/** Keeps what is posted to it, each checked as a payload; answers 200 unless told otherwise. */
async function receiver(answer = (response: ServerResponse): void => void response.end()) {
  const heard: z.infer<typeof PAYLOAD>[] = [];
  const server = createServer(async (request, response) => {
    heard.push(PAYLOAD.parse(JSON.parse(await text(request))));
    answer(response);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const url = `http://127.0.0.1:${portOf(server)}/path-secret`;
  return { heard, to: { kind: 'webhook', url, token: TOKEN } as const };
}

function hook(
  to: HookConfig['to'],
  on: readonly HookEvent[] = EVERYTHING,
  name = 'webhook here',
): HookConfig {
  return { name, on, timeoutMs: 5000, to };
}

/** The hooks of cluster ADA1, with all that they leave; `tell` tells of a decision as the supervisor does. */
function makeWorld(configured: readonly HookConfig[], clock: Clock = quickClock) {
  const book = logBook();
  const records: HookRecord[] = [];
  const results: string[] = [];
  const hooks = makeHooks(configured, {
    cluster: 'ADA1',
    backend: 'bp',
    clock,
    log: book.log,
    journal: {
      append: async (record: JournalRecord) => {
        if (record.kind === 'hook') records.push(record);
      },
    },
    faultText: ({ kind, address }) => `${kind} at ${address}`,
    onResult: (name, result) => results.push(`${name} ${result}`),
  });
  onTestFinished(() => hooks.stop());
  const tell = (before: Judgement | null, judgement: Judgement) => {
    const previous = before === null ? null : { judgement: before, snapshot: SPLIT };
    hooks.decided(previous, { now: NOW, snapshot: SPLIT, judgement });
  };
  return { hooks, tell, ...book, records, results };
}

const gated = (...gates: Gate[]) => judged({ gates });
const eventsIn = (heard: readonly { event: string; verdict: string }[]) =>
  heard.map(({ event }) => event);

describe('a hook is told', () => {
  test('of a verdict that begins, with the decision and the words of the log', async () => {
    const { heard, to } = await receiver();
    const { tell } = makeWorld([hook(to, ['split-brain'])]);
    tell(judged(), { ...SPLIT_BRAIN, gates: [COOLDOWN] });
    await until(() => heard.length === 1, 'it is told');
    expect(heard).toEqual([
      {
        v: 1,
        at: '2026-11-24T03:11:00.000Z',
        event: 'split-brain',
        cluster: 'ADA1',
        backend: 'bp',
        verdict: 'split-brain',
        rule: 'R30',
        target: 'main',
        gates: [
          {
            gate: 'cooldown',
            proxy: 'ha2',
            until: '2026-11-24T03:12:10.000Z',
            reason: 'sessions at ha2 were closed lately',
            opens: 'by itself; nothing is to be done',
          },
        ],
        plan: {
          target: 'main',
          reason: 'split-brain',
          allOrNothing: false,
          steps: [STEP],
          since: '2026-11-24T03:10:58.000Z',
        },
        message:
          'split-brain (R30): ha1 main=4 backup=0, ha2 main=0 backup=4; target main; closing ha2/backup (4); held: cooldown ha2 until 03:12:10Z - sessions at ha2 were closed lately',
      },
    ]);
  });

  test('of what was done, with the decision that it was done by', async () => {
    const { heard, to } = await receiver();
    const { tell, hooks } = makeWorld([hook(to, ['action'])]);
    tell(judged(), SPLIT_BRAIN);
    hooks.done(done());
    hooks.done(done({ returned: true }));
    await until(() => heard.length === 2, 'it is told');
    expect(heard[0]).toMatchObject({
      event: 'action',
      verdict: 'split-brain',
      plan: { steps: [STEP] },
      outcome: done(),
      message:
        'close-server ha2/backup ok: 4 sessions closed in 12 ms, 2.1 s after the first sign of split-brain',
    });
    expect(heard[1]?.message).toMatch(/^ha2: sessions have come to main/);
  });

  test.for(['pin', 'release'] as const)('of no %s', async (action) => {
    const { heard, to } = await receiver();
    const { tell, hooks } = makeWorld([hook(to, ['action'])]);
    tell(judged(), SPLIT_BRAIN);
    hooks.done(done({ action }));
    hooks.done(done({ action: 'reload', server: null }));
    await until(() => heard.length > 0, 'it is told');
    expect(heard.map(({ outcome }) => outcome?.action)).toEqual(['reload']);
  });

  test("of a gate that shuts or is another proxy's, not of one that stays or opens", async () => {
    const { heard, to } = await receiver();
    const { tell } = makeWorld([hook(to)]);
    const elsewhere = { ...COOLDOWN, proxy: 'ha1' };
    tell(judged(), gated(COOLDOWN));
    tell(gated(COOLDOWN), gated({ ...COOLDOWN, untilMs: null, reason: 'another' }));
    tell(gated(COOLDOWN, elsewhere), gated(elsewhere));
    tell(gated(COOLDOWN), gated(elsewhere));
    tell(gated(COOLDOWN), judged());
    tell(gated(COOLDOWN), judged({ verdict: 'sticky' }));
    await until(() => heard.length >= 3, 'it is told');
    expect(heard.map(({ event, gates }) => `${event} ${gates[0]?.proxy}`)).toEqual([
      'gate ha2',
      'gate ha1',
      'sticky undefined',
    ]);
  });

  test('of the verdict before the gate where one decision brings both', async () => {
    const { heard, to } = await receiver();
    const { tell } = makeWorld([hook(to)]);
    tell(judged(), { ...SPLIT_BRAIN, gates: [COOLDOWN] });
    await until(() => heard.length === 2, 'it is told');
    expect(eventsIn(heard)).toEqual(['split-brain', 'gate']);
  });

  test('of the first verdict, unless it goes on from before a reload of the configuration', async () => {
    const { heard, to } = await receiver();
    const { tell } = makeWorld([hook(to)]);
    tell(null, judged({ sinceMs: NOW.monoMs - 5000 }));
    tell(null, judged({ verdict: 'sticky', sinceMs: NOW.monoMs }));
    await until(() => heard.length > 0, 'it is told');
    expect(eventsIn(heard)).toEqual(['sticky']);
  });

  test('of nothing that it did not ask for', async () => {
    const one = await receiver();
    const other = await receiver();
    const { tell, hooks } = makeWorld([
      hook(one.to, ['sticky', 'action']),
      hook(other.to, ['split-brain'], 'webhook other'),
    ]);
    tell(judged(), SPLIT_BRAIN);
    hooks.done(done());
    await until(() => one.heard.length === 1 && other.heard.length === 1, 'both are told');
    expect(eventsIn([...one.heard, ...other.heard])).toEqual(['action', 'split-brain']);
  });

  test('as a program by the same line', async () => {
    const dir = await mkdtemp(join(tmpdir(), 'mainstay-hook-'));
    onTestFinished(() => rm(dir, { recursive: true }));
    const argv = ['/bin/sh', '-c', 'cat > "$1/part"; mv "$1/part" "$1/in"', 'sh', dir];
    const { tell, results } = makeWorld([hook({ kind: 'exec', argv }, EVERYTHING, 'exec sh')]);
    tell(judged(), SPLIT_BRAIN);
    await until(() => results.length === 1, 'it is told');
    const line = await readFile(join(dir, 'in'), 'utf8');
    expect(line.endsWith('}\n')).toBe(true);
    expect(PAYLOAD.parse(JSON.parse(line))).toMatchObject({
      event: 'split-brain',
      cluster: 'ADA1',
    });
  });
});

describe('what comes of it', () => {
  test('stays in the journal and the metrics where it went well, and in the log only as debug', async () => {
    const { to } = await receiver();
    const { tell, said, records, results } = makeWorld([hook(to)]);
    tell(judged(), SPLIT_BRAIN);
    await until(() => results.length === 1, 'it is told');
    expect(results).toEqual(['webhook here ok']);
    expect(said).toEqual(['debug hook webhook here has been told of split-brain']);
    expect(records).toEqual([
      {
        v: 1,
        at: '2026-11-24T03:11:00.000Z',
        kind: 'hook',
        hook: 'webhook here',
        event: 'split-brain',
        result: 'ok',
        message: null,
      },
    ]);
  });

  test('stays in all three where it failed, and one that fails keeps no other from being told', async () => {
    const bad = await receiver((response) => response.writeHead(500).end());
    const good = await receiver();
    const { tell, said, records, results } = makeWorld([
      hook(bad.to),
      hook(good.to, EVERYTHING, 'webhook other'),
      hook({ kind: 'exec', argv: ['/bin/sh', '-c', 'echo no >&2; exit 1'] }, EVERYTHING, 'exec sh'),
    ]);
    tell(judged(), SPLIT_BRAIN);
    await until(() => results.length === 3, 'all are told');
    expect(results.toSorted()).toEqual([
      'exec sh failed',
      'webhook here failed',
      'webhook other ok',
    ]);
    expect(said).toContain(
      'warn hook webhook here was not told of split-brain: it answered 500, at the last of 3 tries',
    );
    expect(said).toContain('warn hook exec sh was not told of split-brain: it ended with 1: no');
    expect(records.map(({ hook: name, message }) => `${name}: ${message}`).toSorted()).toEqual([
      'exec sh: it ended with 1: no',
      'webhook here: it answered 500, at the last of 3 tries',
      'webhook other: null',
    ]);
  });

  test('holds no token and no path, whatever fails', async () => {
    const { to } = await receiver((response) =>
      response.writeHead(302, { location: '/' }).end(TOKEN),
    );
    const gone = { ...to, url: 'http://127.0.0.1:1/path-secret' };
    const { tell, said, fields, records, results } = makeWorld([hook(to), hook(gone)]);
    tell(judged(), SPLIT_BRAIN);
    await until(() => results.length === 2, 'both are told');
    expect(records).toHaveLength(2);
    expect(JSON.stringify([said, fields, records, results])).not.toContain('secret');
  });
});

describe('a flood of 10,000 events at a hook that hangs', () => {
  test('holds nobody up, and costs one line and the memory of 32', async () => {
    const { heard, to } = await receiver(() => {});
    const { tell, hooks, records, results } = makeWorld([hook(to, ['action'])], slowClock);
    tell(judged(), SPLIT_BRAIN);
    hooks.done(done());
    await until(() => heard.length === 1, 'the first is under way');
    const long = done({ trail: [{ atMs: 0, did: 'close', saw: 'x'.repeat(4000) }] });
    const bodyBytes = JSON.stringify(long).length;
    const beganMs = performance.now();
    for (let i = 0; i < 10_000; i += 1) hooks.done(long);
    const perEventMs = (performance.now() - beganMs) / 10_000;
    expect(bodyBytes).toBeGreaterThan(4000);
    expect(perEventMs).toBeLessThan(1);
    expect(records).toEqual([]);

    await hooks.stop();
    expect(heard).toHaveLength(1);
    expect(results.filter((one) => one === 'webhook here dropped')).toHaveLength(10_000);
    expect(records.map(({ result, message }) => `${result}: ${message}`)).toEqual([
      'dropped: 9968 events are lost, more than 32 were waiting',
      'failed: mainstay was stopped',
      'dropped: 32 events are lost, mainstay was stopped',
    ]);
  });
});

describe('stopping', () => {
  test('ends all that hangs after 200 ms, and says so before it has ended', async () => {
    const { heard, to } = await receiver(() => {});
    const { tell, hooks, records } = makeWorld(
      [hook(to), hook({ kind: 'exec', argv: ['/bin/sleep', '60'] }, EVERYTHING, 'exec sleep')],
      slowClock,
    );
    tell(judged(), SPLIT_BRAIN);
    await until(() => heard.length === 1, 'it is under way');
    const beganMs = performance.now();
    await hooks.stop();
    // 200 ms of grace; the rest is for a machine that is busy.
    expect(performance.now() - beganMs).toBeLessThan(1000);
    expect(records.map(({ hook: name, message }) => `${name}: ${message}`).toSorted()).toEqual([
      'exec sleep: mainstay was stopped',
      'webhook here: mainstay was stopped',
    ]);
  });

  test('lets the last word out to a receiver that answers', async () => {
    const { heard, to } = await receiver();
    const { tell, hooks, results } = makeWorld([hook(to, ['action'])], slowClock);
    tell(judged(), SPLIT_BRAIN);
    hooks.done(done({ result: 'abandoned' }));
    await hooks.stop();
    expect(heard.map(({ outcome }) => outcome?.result)).toEqual(['abandoned']);
    expect(results).toEqual(['webhook here ok']);
  });
});
