// A channel to a unix socket on another host, through its sshd.
import type { Client, ClientChannel } from 'ssh2';
import type { Address } from '../domain/config.ts';
import { connectSsh } from './connect-ssh.ts';
import { firstWords } from './trouble-of.ts';
import type { Dial } from './wire.ts';

/** What neither a shell nor socat takes for anything but a part of the name. The configuration refuses the others. */
const PLAIN_PATH = /^[A-Za-z0-9_.+@/-]+$/;
const MAX_COMPLAINT = 1000;

/**
 * `streamlocal`: sshd itself opens the socket ("AllowTcpForwarding" allows it). `command`: a `socat` does, by our
 * command or by the one that the key is bound to (sshd(8), "command=").
 */
export function dialSsh(address: Address & { readonly kind: 'ssh' }): Dial {
  const { path, via } = address;
  if (!PLAIN_PATH.test(path)) throw new TypeError(`not a plain path: ${JSON.stringify(path)}`);
  return (events) => {
    let channel: ClientChannel | null = null;
    let heard = false;
    let complaint = '';
    const noChannel = (said: string): void =>
      events.ended({ kind: 'ssh', stage: 'channel', said: firstWords(said) });

    const take = (refusal: Error | undefined, opened: ClientChannel): void => {
      if (refusal) return noChannel(refusal.message);
      channel = opened;
      opened.setEncoding('latin1');
      opened.on('data', (text: string) => {
        heard = true;
        events.data(text);
      });
      opened.stderr.on('data', (text: Buffer) => {
        if (complaint.length < MAX_COMPLAINT) complaint += text.toString('latin1');
      });
      // A command that ends before HAProxy has spoken says why on stderr, which may come behind the end of stdout.
      opened.on('end', () => {
        if (heard || via === 'streamlocal') events.ended(null);
      });
      opened.on('close', () => {
        if (heard || complaint === '') events.ended(null);
        else noChannel(complaint);
      });
      opened.on('error', (error: Error) => noChannel(error.message));
      events.ready();
    };
    const ssh = connectSsh(address, {
      connected: () => events.connected(),
      ended: (trouble) => events.ended(trouble),
      ready: (client) => openChannel(client, via, path, take),
    });
    return {
      ...ssh,
      write: (text) => void channel?.write(text, 'latin1'),
    };
  };
}

function openChannel(
  client: Client,
  via: 'streamlocal' | 'command',
  path: string,
  take: (error: Error | undefined, channel: ClientChannel) => void,
): void {
  switch (via) {
    case 'streamlocal':
      // sshd sends small answers at once only after it has run a command (TCP_NODELAY): else each look takes 40 ms more.
      client.exec('true', (_, ran) => void ran?.resume());
      client.openssh_forwardOutStreamLocal(path, take);
      return;
    case 'command':
      client.exec(`socat STDIO UNIX-CONNECT:${path}`, take);
      return;
    default:
      via satisfies never;
  }
}
