// `show stat -1 6 -1`: all backends and listen sections, each with its servers (management.txt 9.1, 9.3).
import { answerBody, unexpected, type Command } from './answer.ts';
import { isName } from './charset.ts';
import { readCsv } from './csv.ts';
import { TYPE } from './show-stat.ts';

export interface Backend {
  readonly name: string;
  /** `tcp`, `http`, …; empty: HAProxy does not tell. */
  readonly mode: string;
  /** In HAProxy's order. */
  readonly servers: readonly { readonly name: string; readonly backup: boolean }[];
}

const COLUMNS = ['pxname', 'svname', 'type', 'bck', 'mode'] as const;

const MODE = /^[a-z]{1,20}$/;

/** In HAProxy's order. Level `user` is enough. It must stand last in a line: see `splitAnswers`. Faults: `protocol`, `truncated`. */
export const showBackends: Command<[], readonly Backend[]> = {
  line: () => 'show stat -1 6 -1',
  read(answer) {
    const body = answerBody(answer, 'show stat');
    if (!body.ok) return body;
    const csv = readCsv(body.value);
    if (!csv.ok) return csv;
    const { header, rows } = csv.value;
    const places = COLUMNS.map((column) => header.indexOf(column));
    if (places.includes(-1)) return unexpected(answer);
    const found = new Map<string, { mode: string; servers: Map<string, boolean> }>();
    for (const row of rows) {
      const [name = '', server = '', type, backup = '', mode = ''] = places.map((at) => row[at]);
      // HAProxy's own proxies, such as `<HTTPCLIENT>`, are none of ours.
      if (!isName(name)) continue;
      const backend = found.get(name) ?? { mode: MODE.exec(mode)?.[0] ?? '', servers: new Map() };
      found.set(name, backend);
      if (type === TYPE.backend) continue;
      if (type !== TYPE.server || !isName(server) || !/^[01]$/.test(backup))
        return unexpected(row.join(','));
      if (backend.servers.has(server)) return unexpected(row.join(','));
      backend.servers.set(server, backup === '1');
    }
    const value = [...found].map(([name, { mode, servers }]) => ({
      name,
      mode,
      servers: [...servers].map(([server, backup]) => ({ name: server, backup })),
    }));
    return { ok: true, value };
  },
};
