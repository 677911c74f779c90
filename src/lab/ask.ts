// One command on a HAProxy's Runtime API, for the lab's own needs: no retry, and every trouble throws.
import { connect } from 'node:net';

const DEADLINE_MS = 2000;
const MAX_ANSWER_BYTES = 1 << 20;

/** Sends `line` to the unix socket and gives the answer as it comes, until HAProxy closes (management.txt 9.3). */
export function ask(socketPath: string, line: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(socketPath);
    let answer = '';
    const fail = (error: Error): void => {
      socket.destroy();
      reject(error);
    };
    const late = new Error(`no answer to "${line}" on ${socketPath} within ${DEADLINE_MS} ms`);
    const deadline = setTimeout(fail, DEADLINE_MS, late);
    socket.setEncoding('latin1');
    socket.on('data', (chunk: string) => {
      answer += chunk;
      if (answer.length > MAX_ANSWER_BYTES) fail(new Error(`the answer to "${line}" has no end`));
    });
    socket.on('error', fail);
    socket.on('end', () => resolve(answer));
    socket.on('close', () => clearTimeout(deadline));
    socket.write(`${line}\n`);
  });
}
