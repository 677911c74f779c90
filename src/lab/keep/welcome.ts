// What is said of a lab that stays: where everything is, and what to try.
import type { Screen } from '../../domain/screen.ts';
import type { Lab } from '../lab.ts';
import { settingsLines, TOKEN } from '../settings.ts';

/** `file` is its mainstay.yaml; `spoken`: how mainstay is called here. Paths stand whole on lines of their own. */
export function welcome(screen: Screen, lab: Lab, file: string, spoken: string): void {
  const proxies = Object.keys(lab.counts());
  const listen = `http://${lab.listen}`;
  screen.say('mainstay lab: it stays until you end it', { mood: 'title' });
  screen.say('');
  screen.say('Four relays dial two real HAProxies, and come to main, or to backup.');
  screen.say('mainstay keeps watch, with shorter waits than by default (in brackets):');
  for (const line of settingsLines()) screen.say(line);
  screen.say('');
  screen.say('Where things are:', { mood: 'title' });
  const places = [
    ['mainstay.yaml', file],
    ["mainstay's page", `${listen}/ (token: ${TOKEN})`],
    ...proxies.flatMap((name) => [
      [`${name}, admin`, lab.proxy(name).sockets.admin],
      [`${name}, master`, lab.proxy(name).sockets.master],
      [`${name}, page`, lab.statsUrl(name)],
    ]),
  ] as const;
  for (const [what = '', where = ''] of places) screen.say(where, { lead: `  ${what.padEnd(16)}` });
  screen.say('');
  screen.say('To try in another terminal, in this folder:', { mood: 'title' });
  for (const command of [
    `export MAINSTAY_CONFIG=${file}`,
    `${spoken} status`,
    `${spoken} explain`,
    `${spoken} history`,
    `${spoken} converge --dry-run`,
    `curl -s ${listen}/metrics | grep ^mainstay_`,
    `echo "show stat" | socat - ${lab.proxy(proxies[0] ?? '').sockets.admin}`,
  ]) {
    screen.say(command, { lead: '  ' });
  }
}
