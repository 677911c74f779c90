// What the tour says before it begins and after it has ended.
import type { Screen } from '../../domain/screen.ts';
import { RELAYS } from '../open.ts';
import { settingsLines } from '../settings.ts';

/** `version` is HAProxy's. */
export function introduce(screen: Screen, version: string): void {
  screen.say('mainstay lab: a tour of about a minute, on this machine alone', { mood: 'title' });
  screen.say('');
  screen.say(`              /-- ha1 --\\ /-- main`);
  screen.say(`   ${RELAYS} relays --          X`);
  screen.say(`              \\-- ha2 --/ \\-- backup, for when main is down`);
  screen.say('');
  screen.say(
    `Relays hold their connections for days, through two HAProxies. HAProxy moves them away from a main that fails. It never moves them back, and neither HAProxy knows what the other one does. mainstay looks at both, and closes the sessions that are in the wrong place, so that their relays dial again. While it waits it pins new connections to where all the others are.`,
  );
  screen.say('');
  screen.say(
    `The HAProxies (${version}) and mainstay are the real programs. The relays, main and backup are stand-ins; sessions are counted by main and backup, not by HAProxy.`,
  );
  screen.say('');
  screen.say('Waits are shorter here than by default (in brackets):');
  for (const line of settingsLines()) screen.say(line);
  screen.say('  HAProxy checks every 100ms (haproxy/haproxy.cfg: 2s)');
  screen.say('  relays dial again after 1.0s to 1.4s (nodes: 10s to 14s)');
}

/** `spoken`: how mainstay is called here. */
export function sayWhatNext(screen: Screen, spoken: string): void {
  screen.say('');
  screen.say('What to try next:', { mood: 'title' });
  const next: readonly (readonly [string, string])[] = [
    ['lab --keep', 'this lab, for you to break by keys'],
    ['--help', 'all commands, the least mainstay.yaml'],
    ['check', 'what your own proxies lack for it'],
    ['converge --dry-run', 'what it would close there, and why'],
  ];
  for (const [command, does] of next) {
    screen.say(`${spoken} ${command}`, { lead: '  ' });
    screen.say(does, { lead: '      ', mood: 'quiet' });
  }
}
