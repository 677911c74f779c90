// The live page: asks, follows, shows; and says loudly when what it shows is old.
import type { HistoryEntry } from '../domain/history.ts';
import type { Status } from '../domain/status.ts';
import { askToken, makeActions } from './actions.ts';
import { makeApi } from './api.ts';
import type { Answer } from './api.ts';
import { byId, makePut, write } from './dom.ts';
import { durationText } from './duration.ts';
import { followEvents } from './follow.ts';
import { freshness, hear } from './freshness.ts';
import type { Word } from './freshness.ts';
import { drawPicture } from './picture.ts';
import { HISTORY_LIMIT, makeRefresher } from './refresh.ts';
import { facts, gateList, historyList, peerList, verdict } from './sections.ts';
import { drawTable } from './table.ts';
import { tick } from './ticking.ts';
import { verdictWord } from './words.ts';

const TICK_MS = 250;

function start(): void {
  const api = makeApi();
  const narrow = matchMedia('(max-width: 640px)');
  const put = makePut();
  let status: Status | null = null;
  let word: Word | null = null;
  /** Why there is no good answer; empty: there is one. */
  let trouble = ASKING;

  const show = (): void => {
    if (!status) return;
    const { cluster, backend, gates } = status;
    put('cluster', `${cluster} / ${backend}`);
    put('verdict', ...verdict(status));
    put('facts', ...facts(status));
    put('picture', drawPicture(status, narrow.matches));
    put('table', drawTable(status));
    put('gates', ...gateList(gates, 'Nothing holds mainstay back.'));
    put('peers', ...peerList(status));
    actions.show(status);
  };
  /** The badge, the countdowns and the title, which go on without any answer. */
  const turn = (): void => {
    const now = { wallMs: Date.now(), monoMs: performance.now() };
    const fresh = word && freshness(word, trouble !== '', now);
    const isStale = fresh && !fresh.isLive;
    const why = trouble || 'the daemon decides nothing new';
    const state = isStale || (!fresh && trouble !== ASKING) ? 'stale' : 'live';
    const locked = trouble === NEEDS_TOKEN ? ' locked' : '';
    document.body.className = (fresh ? state : `waiting ${state}`) + locked;
    write(byId('live'), isStale ? `stale: ${why}` : trouble || state);
    write(byId('age'), isStale ? ` · last word ${durationText(fresh.ageMs)} ago` : '');
    tick(now.wallMs + (word?.offsetMs ?? 0));
    const what = status ? `${verdictWord(status.verdict)} · ${status.cluster} · ` : '';
    document.title = `${isStale ? 'stale: ' : ''}${what}mainstay`;
  };
  const heard = (answer: Answer<Status>): void => {
    const before = trouble;
    try {
      trouble = troubleOf(answer);
      if (answer.kind === 'ok') {
        const received = { wallMs: Date.now(), monoMs: performance.now() };
        word = hear(word, answer.value.at, answer.date, received);
        status = answer.value;
        show();
      }
    } catch {
      trouble = 'the answer cannot be read: reload this page';
    }
    turn();
    if (trouble === NEEDS_TOKEN && before !== NEEDS_TOKEN) askToken();
  };
  const heardHistory = (answer: Answer<readonly HistoryEntry[]>): void => {
    if (answer.kind !== 'ok') return;
    const entries = answer.value.slice(0, HISTORY_LIMIT);
    put('history', ...historyList(entries));
  };

  const refresher = makeRefresher(api, heard, heardHistory);
  const actions = makeActions(api, () => refresher.now());
  const hurry = followEvents(api, (name) => refresher.soon(name !== 'view'));
  const wake = (): void => {
    if (document.hidden) return;
    turn();
    refresher.now();
    hurry();
  };
  for (const event of ['visibilitychange', 'resume']) document.addEventListener(event, wake);
  for (const event of ['online', 'pageshow']) addEventListener(event, wake);
  narrow.addEventListener('change', show);
  setInterval(turn, TICK_MS);
  takeToken((token) => {
    api.setToken(token);
    wake();
  });
}

/** Takes the token out of its field into memory, and says whether there is one. */
function takeToken(take: (token: string) => void): void {
  const field = byId('token');
  const holds = (token: string): void => {
    field.value = '';
    byId('held').hidden = token === '';
    take(token);
  };
  byId('token-form').addEventListener('submit', (event) => event.preventDefault());
  // Enter does this too, and so does whoever goes on to a button.
  field.addEventListener('change', () => field.value.trim() && holds(field.value.trim()));
  byId('forget').addEventListener('click', () => holds(''));
}

const ASKING = 'asking …';
const NEEDS_TOKEN = 'the daemon wants its token';

function troubleOf(answer: Answer<unknown>): string {
  if (answer.kind === 'ok') return '';
  if (answer.kind === 'silent') return 'the daemon does not answer';
  return answer.status === 401 ? NEEDS_TOKEN : answer.message;
}

start();
