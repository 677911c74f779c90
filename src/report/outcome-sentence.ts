// What was done, as a sentence for whoever is woken by it.
import type { Outcome, TrailEntry } from '../domain/decision.ts';
import type { Fault } from '../domain/fault.ts';

/**
 * `close-server ha2/backup ok: 4 sessions closed in 12 ms, 2.1 s after the first sign of split-brain`; of an outcome
 * that was told before and is told again with `returned`, only that.
 */
export function outcomeSentence(outcome: Outcome, faultText: (fault: Fault) => string): string {
  const { action, proxy, pid, server, target, result, returned, fault } = outcome;
  const where = action === 'close-session' ? ` (old worker ${pid})` : '';
  const step = `${action} ${server === null ? proxy : `${proxy}/${server}`}${where}`;
  if (returned !== null) {
    const seen = sawLast(outcome, 'return');
    return returned
      ? `${proxy}: sessions have come to ${target} after ${step}${seen}`
      : `${proxy}: no session has come to ${target} since ${step}${seen}`;
  }
  const said = fault === null ? '' : `: ${faultText(fault)}`;
  return `${step} ${result}: ${words(outcome)}${said}`;
}

function words(outcome: Outcome): string {
  switch (outcome.action) {
    case 'close-server':
    case 'close-session':
      return closingWords(outcome);
    case 'reload':
    case 'restart':
      return wholeWords(outcome);
    case 'pin':
    case 'release':
      return pinWords(outcome);
    default:
      return outcome.action satisfies never;
  }
}

/** Of a step that closes the sessions on one server. */
function closingWords(outcome: Outcome): string {
  const { result, listed, remaining, tookMs, reason, convergedMs } = outcome;
  const some = listed === 1 ? '1 session' : `${listed} sessions`;
  const took = duration(tookMs);
  const cause = causeWords(outcome);
  switch (result) {
    case 'ok': {
      const since = convergedMs === null ? '' : `, ${duration(convergedMs)} after the first sign`;
      return listed === 0
        ? `none was left to close ${cause}`
        : `${some} closed in ${took}${since} of ${reason}`;
    }
    case 'failed':
      return listed === 0
        ? `nothing was closed ${cause}`
        : `${remaining} of ${some} still there after ${took} ${cause}`;
    case 'refused':
      return refusedWords(outcome);
    case 'abandoned':
      return listed === 0
        ? `mainstay was stopped, nothing was closed ${cause}`
        : `mainstay was stopped after ${took}, ${remaining} of ${some} were still there ${cause}`;
    default:
      throw result satisfies never;
  }
}

/** Of a reload or a restart; where it failed, HAProxy's own words are in the fault. */
function wholeWords(outcome: Outcome): string {
  const took = duration(outcome.tookMs);
  const cause = causeWords(outcome);
  switch (outcome.result) {
    case 'ok':
      return `a new worker serves after ${took} ${cause}`;
    case 'failed':
      return `no new worker was seen to serve after ${took} ${cause}`;
    case 'refused':
      return refusedWords(outcome);
    case 'abandoned':
      return `mainstay was stopped after ${took} ${cause}`;
    default:
      throw outcome.result satisfies never;
  }
}

/** Of the order where new connections are to go; the trail tells what was read back. */
function pinWords(outcome: Outcome): string {
  const { server, result } = outcome;
  const cause = causeWords(outcome);
  switch (result) {
    case 'ok':
      return server === null
        ? `HAProxy chooses where new connections go ${cause}`
        : `new connections go to ${server}${sawLast(outcome, 'pin')} ${cause}`;
    case 'failed':
      return server === null
        ? `new connections follow the old pin until its lease ends ${cause}`
        : `new connections are not kept on ${server} ${cause}`;
    case 'refused':
      return refusedWords(outcome);
    case 'abandoned':
      return `mainstay was stopped before HAProxy had answered ${cause}`;
    default:
      throw result satisfies never;
  }
}

function refusedWords(outcome: Outcome): string {
  const { gate, fault } = outcome;
  const saw = fault === null ? sawLast(outcome, 'reread') : '';
  return `nothing was sent, ${gate ?? 'the re-read'} forbade it${saw} ${causeWords(outcome)}`;
}

function causeWords({ reason, target }: Outcome): string {
  return `(${reason}, target ${target})`;
}

function sawLast({ trail }: Outcome, did: TrailEntry['did']): string {
  const entry = trail.findLast((one) => one.did === did);
  return entry === undefined ? '' : ` - ${entry.saw}`;
}

function duration(ms: number): string {
  return ms < 1000 ? `${Math.round(ms)} ms` : `${(ms / 1000).toFixed(1)} s`;
}
