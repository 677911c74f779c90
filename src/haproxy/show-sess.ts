// `show sess`: every stream of the process that answers, one a line (management.txt 9.3).
import { answerBody, unexpected, type Command } from './answer.ts';
import { isName } from './charset.ts';
import { isSessionId } from './shutdown-session.ts';

export interface Session {
  /** The pointer that `shutdown session` takes. Only for use at once: HAProxy gives it to later sessions again. */
  readonly id: string;
  /** The client's address, or null where HAProxy shows none (its own applets, some unix sockets). */
  readonly src: string | null;
  /** Null: none, or none yet. */
  readonly backend: string | null;
  readonly server: string | null;
  readonly ageS: number;
}

/**
 * The whole list: HAProxy 2.6 ignores filters without a word, so `sessionsOn` filters here. One line that is not a
 * session makes the whole answer a `protocol` fault: what has been misread once is not to be closed by.
 */
export const showSess: Command<[], readonly Session[]> = {
  line: () => 'show sess',
  read(answer) {
    const body = answerBody(answer, 'show sess');
    if (!body.ok) return body;
    const sessions: Session[] = [];
    for (const line of body.value.split('\n').slice(0, -1)) {
      const session = readSession(line);
      if (session === null) return unexpected(line);
      sessions.push(session);
    }
    return { ok: true, value: sessions };
  },
};

/** Those of the sessions that stand on one server. */
export function sessionsOn(
  sessions: readonly Session[],
  backend: string,
  server: string,
): readonly Session[] {
  return sessions.filter((session) => session.backend === backend && session.server === server);
}

/** `0x55…: proto=tcpv4 src=127.0.0.1:51792 fe=fe be=bp srv=backup ts=00 epoch=0 age=1m2s …`; null: not such a line. */
function readSession(line: string): Session | null {
  const [head, ...words] = line.split(' ');
  const id = head?.endsWith(':') ? head.slice(0, -1) : '';
  if (!isSessionId(id)) return null;
  const src = valueOf(words, 'src');
  const backend = nameOf(words, 'be', '<NONE>');
  const server = nameOf(words, 'srv', '<none>');
  const ageS = readAge(valueOf(words, 'age') ?? '');
  if (backend === undefined || server === undefined || ageS === null) return null;
  return { id, src, backend, server, ageS };
}

function valueOf(words: readonly string[], key: string): string | null {
  return words.find((word) => word.startsWith(`${key}=`))?.slice(key.length + 1) ?? null;
}

/** A name; null where HAProxy shows none; undefined where what it shows is no name. */
function nameOf(words: readonly string[], key: string, none: string): string | null | undefined {
  const value = valueOf(words, key);
  if (value === null || value === none) return null;
  return isName(value) ? value : undefined;
}

/** HAProxy shows the two largest units: `5s`, `1m2s`, `2h3m`, `1d2h`; a minus after the clock went back counts as 0. */
function readAge(text: string): number | null {
  if (/^-[\ddhms]{2,}$/.test(text)) return 0;
  const units = /^(?:(\d{1,9})d)?(?:(\d{1,9})h)?(?:(\d{1,9})m)?(?:(\d{1,9})s)?$/.exec(text);
  if (units === null || text === '') return null;
  const [days, hours, minutes, seconds] = units.slice(1).map((digits) => Number(digits ?? 0));
  return (days ?? 0) * 86_400 + (hours ?? 0) * 3600 + (minutes ?? 0) * 60 + (seconds ?? 0);
}
