// `mainstay check`: the configuration, each connection, and what HAProxy lacks for mainstay or for the service. Touches nothing.
import { gather } from '../../decide/facts.ts';
import { BLANK } from '../../decide/memory.ts';
import type { Config } from '../../domain/config.ts';
import type { Result } from '../../domain/result.ts';
import type { Now } from '../../domain/time.ts';
import type { ProxySight } from '../../domain/view.ts';
import { EXIT, type ExitCode } from '../exit.ts';
import type { World } from '../world.ts';
import { askPeers, toldView } from './ask-peers.ts';
import { checkJson, type CheckReport } from './check-report.ts';
import { checkText } from './check-text.ts';
import { exitOfFindings, together } from './finding.ts';
import { readGivenFiles, type GivenFiles } from './given-files.ts';
import { judgeBetween, type SeenProxy } from './judge-between.ts';
import { judgeConfig } from './judge-config.ts';
import { judgeHooks } from './judge-hooks.ts';
import { judgeLadder, judgeReload } from './judge-ladder.ts';
import { judgePeers } from './judge-peers.ts';
import { judgeSource } from './judge-source.ts';
import { judgeTls } from './judge-tls.ts';
import { judgeView } from './judge-view.ts';
import { judgeWays } from './judge-ways.ts';
import { findSource, readConfigFiles, type Source } from './source.ts';
import { isTold } from './told.ts';
import { tryWays, type TriedProxy } from './ways.ts';

export interface CheckOptions {
  readonly json: boolean;
  /** The values of `--haproxy`, in their order. */
  readonly haproxy: readonly string[];
}

/** Prints what it finds to `world.out`, and gives the exit code that goes with it. */
export async function check(
  world: World,
  config: Config,
  { json, haproxy }: CheckOptions,
): Promise<ExitCode> {
  const given = readGivenFiles(
    haproxy,
    config.proxies.map(({ name }) => name),
  );
  const sources = given.ok ? await readSources(given.value) : given;
  if (!sources.ok) {
    world.err.write(`${sources.fault}\n`);
    return EXIT.usage;
  }
  const report = await examine(world, config, sources.value);
  world.out.write(json ? checkJson(report) : checkText(report, world.out));
  return report.exit;
}

type Sources = ReadonlyMap<string, Source>;

/** A file that the user names and that cannot be read is an error of usage. */
async function readSources(given: GivenFiles): Promise<Result<Sources, string>> {
  const sources = new Map<string, Source>();
  for (const [proxy, paths] of given) {
    const read = await readConfigFiles(paths);
    if (!read.ok) return { ok: false, fault: `--haproxy: ${read.fault}` };
    sources.set(proxy, { ...read.value, command: null });
  }
  return { ok: true, value: sources };
}

async function examine(world: World, config: Config, given: Sources): Promise<CheckReport> {
  const [reached, peers] = await Promise.all([
    Promise.all(config.proxies.map((proxy) => tryWays(world, config, proxy))),
    askPeers(world, config),
  ]);
  const tried = reached.map((one) =>
    isTold(one.proxy) ? { ...one, view: toldView(peers, one.proxy.name) } : one,
  );
  const now = world.clock.now();
  const snapshot = { proxies: tried.map((one) => sightOf(one, now)) };
  const { producers } = gather(snapshot, BLANK, config.policy, now);
  const looked = await Promise.all(
    tried.map(async (one) => {
      const { proxy, view } = one;
      const own = given.get(proxy.name);
      const source =
        own === undefined ? await findSource(proxy, view) : ({ ok: true, value: own } as const);
      return { tried: one, proxy, view, source };
    }),
  );
  const found = [
    ...judgeConfig(config),
    ...(await judgeTls(config, now.wallMs)),
    ...(await judgeHooks(config, world.env['PATH'])),
    ...judgeLadder(config),
    ...looked.flatMap((one) => {
      const { proxy, view } = one;
      const here = [
        ...judgeWays(config, one.tried),
        ...judgeReload(proxy, config),
        ...(view === null ? [] : judgeView(config, proxy, view, producers)),
      ];
      return here.map((each) => ({ ...each, proxies: [proxy.name], spot: null }));
    }),
    ...judgePeers(config, peers, producers, world.version),
    ...judgeBetween(tried.flatMap(seenProxy)),
    ...looked.flatMap(({ proxy, source, view }) =>
      judgeSource({ config, proxy, source, view, producers, nowMs: now.wallMs }),
    ),
  ];
  const proxies = looked.map(({ tried: ways, source }) => ({
    ways,
    files: source.ok ? source.value.files : [],
  }));
  return { config, findings: together(found), exit: exitOfFindings(found), proxies, peers };
}

/** As a decision would have it: by the first way that shows the proxy. */
function sightOf({ proxy, view, runtime, stats }: TriedProxy, { monoMs }: Now): ProxySight {
  const { name } = proxy;
  if (view !== null) return { name, sight: { kind: 'seen', atMs: monoMs, value: view } };
  const failed = (runtime ?? stats)?.result;
  if (failed?.ok === true) throw new Error('a proxy that is seen without a view');
  const told = { kind: 'peer', peer: name, said: 'it does not tell of it', address: name } as const;
  return { name, sight: { kind: 'unseen', sinceMs: monoMs, fault: failed?.fault ?? told } };
}

function seenProxy({ proxy, view, addresses }: TriedProxy): SeenProxy[] {
  return view === null ? [] : [{ name: proxy.name, worker: view.workers[0], addresses }];
}
