// The guide as code: what one file under src/ may not do, by style.md and by the floors of design.md.
import { posix } from 'node:path';
import { parseAst } from 'vitest/node';

/** The rooms by floor. A file imports only its own room and lower floors. */
const FLOORS: readonly (readonly string[])[] = [
  ['domain'],
  ['decide', 'haproxy', 'cardano'],
  ['observe', 'act', 'probe', 'coordinate', 'report', 'transport', 'config', 'page'],
  ['loop.ts'],
  ['cli', 'lab'],
  ['main.ts'],
];
/** Up to this floor everything is pure. */
const PURE_FLOOR = 1;
const MAX_LINES = 250;

/** Names by which code reaches the clock, the host, the network or chance. */
const IMPURE =
  /^(?:process|console|globalThis|global|require|performance|crypto|fetch|navigator|WebSocket|EventSource|Worker|(?:set|clear)(?:Timeout|Interval|Immediate))$/;
/** What may be asked of the two that are half pure. */
const HALF_PURE = new Map([
  ['Date', /^(?:UTC|parse)$/],
  ['Math', /^(?!random$)/],
]);

interface Node {
  readonly type: string;
  readonly start: number;
  readonly [field: string]: unknown;
}
/** A node with the way to it: the node above, and the field of that node which holds it. */
interface Place {
  readonly node: Node;
  readonly above: Node | null;
  readonly field: string;
}
interface File {
  readonly path: string;
  readonly room: string;
  readonly floor: number;
}
type Rule = (place: Place, file: File) => string | null;

const RULES: readonly Rule[] = [imports, purity, forms, consoles, domainIsWords];

/**
 * Every breach of the guide in one file, as `src/PATH:LINE: what`.
 * @param path below src/, with `/` between its parts
 */
export function breaches(path: string, source: string): string[] {
  const lines = source.trimEnd().split('\n');
  const at = (line: number, what: string) => `src/${path}:${line}: ${what}`;
  const found: string[] = [];
  const opening = path === 'main.ts' && lines[0]?.startsWith('#!') ? 1 : 0;
  if (!/^\/\/ \S/.test(lines[opening] ?? '')) {
    found.push(at(opening + 1, 'the first line is not a comment that says the one idea'));
  }
  if (lines.length > MAX_LINES) found.push(at(lines.length, `more than ${MAX_LINES} lines`));

  const room = roomOf(path);
  const file = { path, room, floor: floorOf(room) };
  if (file.floor === -1) found.push(at(1, `${room} stands on no floor`));
  for (const place of places(parseAst(source, { lang: 'ts' }))) {
    const line = source.slice(0, place.node.start).split('\n').length;
    for (const rule of RULES) {
      const what = rule(place, file);
      if (what !== null) found.push(at(line, what));
    }
  }
  return found;
}

/** Static, dynamic, `import type`, `import('…').T`, `export … from` and `import x = require('…')`. */
function imports({ node, above, field }: Place, file: File): string | null {
  if (field !== 'source' && above?.type !== 'TSExternalModuleReference') return null;
  const specifier = node['value'];
  if (typeof specifier !== 'string') return 'imports what only the running program knows';
  if (specifier === 'ssh2') return ssh2(above, file);
  if (!specifier.startsWith('.')) {
    return file.floor <= PURE_FLOOR ? `floor ${file.floor} imports ${specifier}` : null;
  }
  if (!specifier.endsWith('.ts')) return `${specifier} has no .ts ending`;
  const target = posix.join(posix.dirname(file.path), specifier);
  const room = roomOf(target);
  if (target.startsWith('..')) return `${specifier} leaves src/`;
  if (room === file.room) return null;
  if (file.room === 'page') return page(above, room);
  const floor = floorOf(room);
  if (floor === -1) return `imports ${room}, which stands on no floor`;
  if (floor === file.floor) return `imports ${room}, a stranger on its floor`;
  return floor > file.floor ? `imports ${room}, which stands above it` : null;
}

/** It is large, and few need it: only what speaks SSH loads it, and only when it is used. Types cost nothing there. */
function ssh2(above: Node | null, { room }: File): string | null {
  if (room !== 'transport') return 'imports ssh2 outside transport/';
  const isType = above?.type === 'TSImportType' || above?.['importKind'] === 'type';
  return isType || above?.type === 'ImportExpression' ? null : 'imports ssh2 before it is used';
}

/** What runs in a browser takes words from domain/, which cost nothing there, and nothing else. */
function page(above: Node | null, room: string): string | null {
  if (room !== 'domain') return `imports ${room} into the browser`;
  return above?.['importKind'] === 'type' ? null : 'imports more than types into the browser';
}

/** On the pure floors: no clock, no chance, no host, no network, nothing that waits. */
function purity({ node, above, field }: Place, { floor }: File): string | null {
  if (floor > PURE_FLOOR) return null;
  if (node['async'] === true || node.type === 'AwaitExpression') return 'waits on a pure floor';
  if (node.type !== 'Identifier' || above === null || isOnlyAName(above, field)) return null;
  const name = String(node['name']);
  if (IMPURE.test(name)) return `uses ${name} on a pure floor`;
  const allowed = HALF_PURE.get(name);
  if (allowed === undefined) return null;
  if (above.type === 'NewExpression') {
    const isEmpty = Array.isArray(above['arguments']) && above['arguments'].length === 0;
    return isEmpty ? `asks new ${name}() the time` : null;
  }
  const isMember = above.type === 'MemberExpression' && above['computed'] === false;
  const asked = isMember ? String(nameIn(above, 'property')) : 'something';
  return isMember && allowed.test(asked) ? null : `asks ${name} for ${asked} on a pure floor`;
}

/** Whether an identifier there names a field, a label, a parameter or a type, and so reaches nothing. */
function isOnlyAName(above: Node, field: string): boolean {
  switch (field) {
    case 'label':
    case 'imported':
    case 'exported':
    case 'params':
    case 'typeName':
      return true;
    case 'property':
    case 'key':
      return above['computed'] === false;
    default:
      return false;
  }
}

/** Forms of TypeScript that this tree does without. */
function forms({ node, above }: Place): string | null {
  switch (node.type) {
    case 'ExportDefaultDeclaration':
    case 'TSExportAssignment':
      return 'default export';
    case 'ExportSpecifier':
      return nameIn(node, 'exported') === 'default' ? 'default export' : null;
    case 'ExportAllDeclaration':
      return 'barrel';
    case 'ExportNamedDeclaration':
      return node['source'] === null ? null : 'barrel';
    case 'TSEnumDeclaration':
      return 'enum';
    case 'TSModuleDeclaration':
      return 'namespace';
    case 'TSAnyKeyword':
      return 'any';
    case 'VariableDeclaration': {
      const isGlobal = above?.type === 'Program' || above?.type === 'ExportNamedDeclaration';
      return isGlobal && node['kind'] !== 'const' ? 'state of the module' : null;
    }
    default:
      return null;
  }
}

/** Only the commands, and main.ts, speak to the terminal. */
function consoles({ node, above, field }: Place, { room }: File): string | null {
  if (room === 'cli' || room === 'main.ts' || node.type !== 'Identifier') return null;
  const isConsole = node['name'] === 'console' && above !== null && !isOnlyAName(above, field);
  return isConsole ? 'speaks to the console' : null;
}

function domainIsWords({ node }: Place, { room }: File): string | null {
  const isLogic =
    /^(?:FunctionDeclaration|FunctionExpression|ArrowFunctionExpression|ClassDeclaration|ClassExpression)$/;
  return room === 'domain' && isLogic.test(node.type) ? 'logic in domain/' : null;
}

function roomOf(path: string): string {
  return path.split('/', 1)[0] ?? path;
}

function floorOf(room: string): number {
  return FLOORS.findIndex((rooms) => rooms.includes(room));
}

/** Every node of a tree, each with its place; a value that is no node has none. */
function* places(tree: unknown, above: Node | null = null, field = ''): Generator<Place> {
  if (!isNode(tree)) return;
  yield { node: tree, above, field };
  for (const [name, value] of Object.entries(tree)) {
    for (const child of Array.isArray(value) ? value : [value]) yield* places(child, tree, name);
  }
}

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && 'type' in value && 'start' in value;
}

/** The name that a node has in one of its fields, or null. */
function nameIn(node: Node, field: string): unknown {
  const value = node[field];
  return isNode(value) ? (value['name'] ?? null) : null;
}
