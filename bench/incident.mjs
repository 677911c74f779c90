// How long an incident lasts with mainstay at its defaults: from the moment main is up everywhere, by HAProxy's own
// log, to the last session gone from backup, by the producers' own count.
import { median, withSupervisor } from './measure.mjs';

const REPEATS = 7;
const RELAYS = 10;
const PATIENCE_MS = 30_000;
/** Everything else as by default: poll 1s, confirm 2, split.after 3s. With pins this brain would not split at all. */
const SETTINGS = {
  steer: 'none',
  warmup: '0s',
  cooldown: '0s',
  verify: { return: '2s' },
  budget: { max: 100 },
  flap: { max: 100 },
};

export function incident() {
  return withSupervisor({ relays: RELAYS }, SETTINGS, async (lab) => {
    const healed = [];
    for (let repeat = 0; repeat < REPEATS; repeat += 1) healed.push(await once(lab));
    return [
      [
        `split brain, ${RELAYS} relays: main up everywhere to backup empty`,
        `${(median(healed) / 1000).toFixed(2)} s (most ${(Math.max(...healed) / 1000).toFixed(2)} s)`,
        'split.after + 2 polls + 1 s = 6 s',
      ],
    ];
  });
}

/** @param {Awaited<ReturnType<typeof import('../dist/lab/lab.js').startLab>>} lab */
async function once(lab) {
  const main = lab.producer('main');
  await lab.until(() => lab.allOn('main'), PATIENCE_MS, 'all on main');
  await lab.until(async () => (await targetOf(lab)) === 'main', PATIENCE_MS, 'it is seen');
  await main.kill();
  await lab.until(() => lab.allOn('backup'), PATIENCE_MS, 'all on backup');
  await lab.until(async () => (await targetOf(lab)) === 'backup', PATIENCE_MS, 'it is seen');
  const since = Date.now();
  await main.cut('ha2');
  await main.restart();
  await lab.until(() => upSince(lab, 'ha1', since) !== null, PATIENCE_MS, 'ha1 sees main');
  lab.relay('relay1').restart('ha1');
  await lab.until(() => lab.count({ producer: 'main' }) > 0, PATIENCE_MS, 'the brain is split');
  await main.mend('ha2');
  await lab.until(() => upSince(lab, 'ha2', since) !== null, PATIENCE_MS, 'ha2 sees main');
  const mark = lab.mark();
  await lab.until(() => lab.count({ producer: 'backup' }) === 0, PATIENCE_MS, 'backup is empty');
  const last = Math.max(...lab.closes(mark).map((close) => close.atMs));
  return last - (upSince(lab, 'ha2', since) ?? Number.NaN);
}

/** @param {Parameters<typeof once>[0]} lab */
async function targetOf(lab) {
  const answer = await fetch(`http://${lab.listen}/v1/status`).catch(() => null);
  return answer?.ok === true ? (await answer.json()).target : null;
}

/** @param {Parameters<typeof once>[0]} lab @param {string} proxy @param {number} since */
function upSince(lab, proxy, since) {
  const line = lab
    .proxy(proxy)
    .logged(/Server bp\/main is UP/)
    .at(-1);
  return line !== undefined && line.atMs >= since ? line.atMs : null;
}
