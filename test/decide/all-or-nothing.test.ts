// A failback closes at every driven proxy or at none, and its end: what stories cannot say yet, because it is not so yet.
import { describe, expect, test } from 'vitest';
import { decide } from '../../src/decide/decide.ts';
import { BLANK } from '../../src/decide/memory.ts';
import { recollect } from '../../src/decide/recollect.ts';
import { tellStory } from '../../src/decide/story/tell.ts';
import type { JournalRecord } from '../../src/domain/journal.ts';
import { backup, main, pair, POLICY } from './world.ts';

function told(text: string): string {
  const story = tellStory(text);
  if (!story.ok) throw new Error(story.fault.message);
  return story.value;
}

describe('a failback', () => {
  test.fails('is not held by a proxy that has been unseen for longer than failback.unseen', () => {
    const story = told(`# the target moves at t=70, and with it the sessions
with failback.after=20s failback.unseen=60s
t=0 ha1 main:DOWN backup=4 ha2 main:DOWN backup=4
t=10 ha1 main:UP ha2 unseen
t=100`);
    expect(story).toContain('close ha1/backup');
  });

  test.fails('is still all or nothing when its target was not fit at any proxy for a look', () => {
    const story = told(`# main is UP 1/3 at both proxies for a second, and at one of them for longer
with failback.after=20s
t=0 ha1 main:DOWN backup=4 ha2 main:DOWN backup=4
t=20 ha1 main:UP ha2 main:UP
t=41 ha1 main:UP_1/3 ha2 main:UP_1/3
t=42 ha1 main:UP
t=50`);
    expect(story).not.toContain('close');
  });

  test.fails('that waits does not keep a split brain from being healed while the other proxy is frozen', () => {
    const story = told(`# main draws sessions at ha1 during the cooldown there, and ha2 freezes
with failback.after=20s cooldown=60s
t=0 ha1 main=3 backup=1 ha2 main=4
t=5 ha1 main:DOWN=0 backup=4 ha2 main:DOWN=0 backup=4
t=10 ha1 main:UP ha2 main:UP
t=35 ha2 unseen
t=40 ha1 main=2 backup=2
t=100`);
    expect(story.split('t=40').at(-1)).toContain('close ha1/backup');
  });

  test.fails('is still all or nothing when the supervisor restarts before anything was closed', () => {
    const policy = { ...POLICY, failbackAfterMs: 0 };
    const servers = [main(), backup({ sessions: 4 })];
    const failing = [main({ checkPassed: false }), backup({ sessions: 4 })];
    const journal: JournalRecord[] = [];
    let memory = BLANK;
    for (let s = 0; memory.target !== 'main'; s += 1) {
      const now = { monoMs: s * 1000, wallMs: s * 1000 };
      const snapshot = pair(s * 1000, servers, servers);
      const { memory: next, ...decision } = decide(snapshot, memory, policy, now);
      journal.push({ v: 1, at: '', kind: 'decision', now, snapshot, memory, policy, decision });
      memory = next;
    }
    memory = recollect(journal, policy, { monoMs: 10_000, wallMs: 10_000 });
    for (let s = 10; s < 20; s += 1) {
      const now = { monoMs: s * 1000, wallMs: s * 1000 };
      const decision = decide(pair(s * 1000, servers, failing), memory, policy, now);
      expect(decision.plan).toBeNull();
      memory = decision.memory;
    }
  });
});
