// YAML text as plain values, with the place of each: variables filled in, aliases followed, all within bounds.
import { isAlias, isMap, isNode, isScalar, isSeq } from 'yaml';
import type { Scalar, YAMLMap, YAMLSeq } from 'yaml';
import type { Result } from '../domain/result.ts';
import { substitute } from './environment.ts';
import type { Env } from './environment.ts';
import { pathText } from './problem.ts';
import type { Path, Position, Problem } from './problem.ts';
import { quoted, shortened } from './spot.ts';
import type { Spot } from './spot.ts';
import { withFound } from './wants.ts';
import { parseYaml } from './yaml-text.ts';
import type { YamlText } from './yaml-text.ts';

export interface Tree {
  /** Objects without a prototype, lists, text, numbers, booleans and null; undefined where there was a problem. */
  readonly value: unknown;
  readonly root: Spot;
  readonly problems: readonly Problem[];
}

/** contract.md's deepest setting is the sixth level down. Ends what refers to itself. */
const MAX_DEPTH = 12;

/** 64 proxies with every key set need about 3000. Ends what aliases multiply. */
const MAX_VALUES = 20_000;

interface Walk {
  readonly env: Env;
  readonly position: YamlText['position'];
  readonly problems: Problem[];
  readonly anchors: Map<string, unknown>;
  values: number;
  /** A bound that was passed: the tree is then of no use. */
  stopped: Problem | null;
}

interface Read {
  readonly value: unknown;
  readonly spot: Spot;
}

/** Where a node is read: an alias gives its own place to what it stands for. */
interface Place {
  readonly path: Path;
  readonly at: Position;
  readonly keyAt: Position;
}

/** Without a usable tree the fault holds all that is wrong with the text. Never throws, whatever the text. */
export function readTree(text: string, env: Env): Result<Tree, readonly Problem[]> {
  const yaml = parseYaml(text);
  if (!yaml.ok) return yaml;
  const { contents, position } = yaml.value;
  const walk: Walk = { env, position, problems: [], anchors: new Map(), values: 0, stopped: null };
  const top: Position = { line: 1, column: 1 };
  const { value, spot } = read(walk, contents, [], top);
  if (walk.stopped !== null) return { ok: false, fault: [walk.stopped] };
  return { ok: true, value: { value, root: spot, problems: walk.problems } };
}

function read(walk: Walk, node: unknown, path: Path, keyAt?: Position): Read {
  const range = isNode(node) ? node.range : null;
  const at = range ? walk.position(range[0]) : (keyAt ?? { line: 1, column: 1 });
  const place = { path, at, keyAt: keyAt ?? at };
  return readNode(walk, node, place);
}

function readNode(walk: Walk, node: unknown, place: Place): Read {
  walk.values += 1;
  if (walk.values > MAX_VALUES) return stop(walk, place, `more than ${MAX_VALUES} values`);
  if (place.path.length > MAX_DEPTH) return stop(walk, place, 'nested too deep');
  if (isAlias(node)) {
    const target = walk.anchors.get(node.source);
    return target === undefined
      ? refuse(walk, nothing(place), place, `no anchor named ${quoted(node.source)} before this`)
      : readNode(walk, target, place);
  }
  if ((isScalar(node) || isMap(node) || isSeq(node)) && node.anchor !== undefined)
    walk.anchors.set(node.anchor, node);
  if (isScalar(node)) return readScalar(walk, node, place);
  if (isMap(node)) return readMap(walk, node, place);
  return isSeq(node) ? readList(walk, node, place) : nothing(place);
}

function readMap(walk: Walk, node: YAMLMap, place: Place): Read {
  const value: Record<string, unknown> = Object.create(null);
  const children = new Map<string, Spot>();
  for (const { key, value: item } of node.items) {
    const keyAt = isNode(key) && key.range ? walk.position(key.range[0]) : place.at;
    const wrong = (message: string) =>
      walk.problems.push({ at: keyAt, path: pathText(place.path), message });
    if (!isScalar(key)) {
      wrong('expected a word as key, got a list, a map or an alias');
      continue;
    }
    const name = typeof key.value === 'string' ? key.value : (key.source ?? '');
    const twin = children.get(name);
    if (twin !== undefined) {
      wrong(`key ${quoted(name)} stands here twice, first on line ${twin.keyAt.line}`);
      continue;
    }
    const child = read(walk, item, [...place.path, name], keyAt);
    value[name] = child.value;
    children.set(name, child.spot);
  }
  const found = children.size === 0 ? 'an empty map' : 'a map';
  return { value, spot: { ...place, found, bare: '', children } };
}

function readList(walk: Walk, node: YAMLSeq, place: Place): Read {
  const items = node.items.map((item, index) => read(walk, item, [...place.path, index]));
  const found = items.length === 0 ? 'an empty list' : `a list of ${items.length}`;
  const children = new Map(items.map(({ spot }, index) => [index, spot] as const));
  return {
    value: items.map(({ value }) => value),
    spot: { ...place, found, bare: '', children },
  };
}

function readScalar(walk: Walk, node: Scalar, place: Place): Read {
  const { value, source = '' } = node;
  if (value === null) return nothing(place);
  const bare = shortened(source);
  const spot = { ...place, found: bare, bare, children: new Map<string, Spot>() };
  if (typeof value !== 'string') return { value, spot };
  const written: Read = { value, spot: { ...spot, found: quoted(value) } };
  if (!value.includes('${')) return written;
  const filled = substitute(value, walk.env);
  if (!filled.ok) return refuse(walk, written, place, filled.fault);
  return {
    value: node.type === 'PLAIN' ? asPlain(filled.value) : filled.value,
    spot: { ...written.spot, found: `the value of ${quoted(value)}` },
  };
}

/** What YAML would make of the text without quotes; always a scalar, whatever a variable holds. */
function asPlain(text: string): string | number | boolean {
  if (/^-?\d{1,15}$/.test(text)) return Number(text);
  return text === 'true' || text === 'false' ? text === 'true' : text;
}

function nothing(place: Place): Read {
  return { value: null, spot: { ...place, found: 'nothing', bare: '', children: new Map() } };
}

function refuse(walk: Walk, { spot }: Read, { at, path }: Place, message: string): Read {
  walk.problems.push({ at, path: pathText(path), message: withFound(message, spot) });
  return { value: undefined, spot };
}

function stop(walk: Walk, place: Place, message: string): Read {
  walk.stopped ??= { at: place.at, path: pathText(place.path), message };
  return nothing(place);
}
