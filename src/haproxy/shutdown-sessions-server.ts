// `shutdown sessions server <backend>/<server>`: closes all of a server's streams (management.txt 9.3, level admin).
import { answerBody, unexpected, type Command } from './answer.ts';
import { nameInCommand } from './charset.ts';

/**
 * Success says only that HAProxy has begun, also where there was nothing to close: look again. In an old worker
 * HAProxy closes nothing and answers `Proxy is disabled.`, which is a `protocol` fault here.
 */
export const shutdownSessionsServer: Command<[backend: string, server: string], 'closing'> = {
  line: (backend, server) =>
    `shutdown sessions server ${nameInCommand(backend)}/${nameInCommand(server)}`,
  read(answer, backend, server) {
    const body = answerBody(answer, 'shutdown sessions server');
    if (!body.ok) return body;
    switch (body.value) {
      case '':
        return { ok: true, value: 'closing' };
      case 'No such backend.\n':
        return { ok: false, fault: { kind: 'no-such-backend', backend } };
      case 'No such server.\n':
        return {
          ok: false,
          fault: { kind: 'no-such-server', backend, missing: [server], has: [] },
        };
      default:
        return unexpected(answer);
    }
  },
};
