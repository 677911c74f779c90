// `mainstay check`: the configuration, each connection, and what HAProxy lacks for mainstay or for the service. Touches nothing.
import { gather } from '../../decide/facts.ts';
import { BLANK } from '../../decide/memory.ts';
import type { Config, ProxyConfig } from '../../domain/config.ts';
import type { Result } from '../../domain/result.ts';
import type { View } from '../../domain/view.ts';
import { showServersState } from '../../haproxy/show-servers-state.ts';
import { EXIT, type ExitCode } from '../exit.ts';
import { lookOnce } from '../look.ts';
import type { World } from '../world.ts';
import { checkJson, type CheckReport } from './check-report.ts';
import { checkText } from './check-text.ts';
import { exitOfFindings, together } from './finding.ts';
import { readGivenFiles, type GivenFiles } from './given-files.ts';
import { judgeBetween, type SeenProxy } from './judge-between.ts';
import { judgeConfig } from './judge-config.ts';
import { judgeSource } from './judge-source.ts';
import { judgeSight } from './judge-view.ts';
import { findSource, readConfigFiles, type Source } from './source.ts';

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
  return exitOfFindings(report.findings);
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
  const { snapshot, now } = await lookOnce(world, config);
  const { producers } = gather(snapshot, BLANK, config.policy, now);
  const looked = await Promise.all(
    snapshot.proxies.map(async (seen, i) => {
      const proxy = config.proxies[i];
      if (proxy === undefined) throw new Error('a look at a proxy that is not configured');
      const view = seen.sight.kind === 'seen' ? seen.sight.value : null;
      const own = given.get(proxy.name);
      const source =
        own === undefined ? await findSource(proxy, view) : ({ ok: true, value: own } as const);
      const addresses = view === null ? new Map() : await addressesOf(world, config, proxy);
      return { proxy, seen, view, source, addresses };
    }),
  );
  const nowMs = now.wallMs;
  const found = [
    ...judgeConfig(config),
    ...looked.flatMap(({ proxy, seen }) => judgeSight(config, proxy, seen, producers)),
    ...judgeBetween(looked.flatMap(seenProxy)),
    ...looked.flatMap(({ proxy: { name }, source, view }) =>
      judgeSource({ config, proxy: name, source, view, producers, nowMs }),
    ),
  ];
  const proxies = looked.map(({ proxy, view, source }) => ({
    name: proxy.name,
    address: proxy.runtime.text,
    view,
    files: source.ok ? source.value.files : [],
  }));
  return { config, findings: together(found), proxies };
}

function seenProxy(looked: {
  readonly proxy: ProxyConfig;
  readonly view: View | null;
  readonly addresses: ReadonlyMap<string, string>;
}): SeenProxy[] {
  const { proxy, view, addresses } = looked;
  return view === null ? [] : [{ name: proxy.name, worker: view.workers[0], addresses }];
}

/** Each server's address by its name; what is not answered is not compared. */
async function addressesOf(
  world: World,
  { backend, policy }: Config,
  { runtime }: ProxyConfig,
): Promise<ReadonlyMap<string, string>> {
  const line = showServersState.line(backend);
  const answer = await world.openLink(runtime).ask(line, { deadlineMs: policy.pollTimeoutMs });
  const states = answer.ok ? showServersState.read(answer.value, backend) : answer;
  if (!states.ok) return new Map();
  return new Map(
    states.value.flatMap(({ name, address }) =>
      address === null ? [] : [[name, address] as const],
    ),
  );
}
