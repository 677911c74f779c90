// Each setting on its own: unknown keys, missing ones, and values that are not of the form the schema asks for.
import type * as z from 'zod';
import { nearest } from './nearest.ts';
import { pathText } from './problem.ts';
import type { Path, Problem } from './problem.ts';
import { CONFIG_FILE } from './shape.ts';
import type { ConfigFile } from './shape.ts';
import { nearestSpot, quoted, spotAt } from './spot.ts';
import type { Spot } from './spot.ts';
import type { Tree } from './tree.ts';
import { withFound } from './wants.ts';

/** What can be relied on of a value of which parts may be missing or were refused. */
export type Draft<T> = T extends readonly (infer Item)[]
  ? readonly (Draft<Item> | undefined)[]
  : T extends object
    ? { readonly [Key in keyof T]?: Draft<T[Key]> | undefined }
    : T;

export interface Shape {
  /** The file as the schema has it; null where anything was refused. */
  readonly file: ConfigFile | null;
  /** The same without what was refused, so that one wrong value does not hide what is wrong elsewhere. */
  readonly draft: Draft<ConfigFile>;
  readonly problems: readonly Problem[];
}

export function checkShape({ value, root }: Tree): Shape {
  const parsed = CONFIG_FILE.safeParse(value);
  if (parsed.success) return { file: parsed.data, draft: parsed.data, problems: [] };
  const issues = parsed.error.issues.flatMap((issue) => leaves(issue, []));
  return {
    file: null,
    // Of the schema's type, since every value that the schema refused is gone from it.
    draft:
      without(
        value,
        issues.filter(spoils).map(({ path }) => path),
      ) ?? {},
    problems: issues.flatMap((leaf) => problemsOf(leaf, root)),
  };
}

interface Leaf {
  readonly issue: z.core.$ZodIssue;
  /** From the top of the file. */
  readonly path: Path;
}

/** Of a union's issues only those of the form that the value was meant to have, if that can be told. */
function leaves(issue: z.core.$ZodIssue, above: Path): Leaf[] {
  const path = [
    ...above,
    ...issue.path.map((step) => (typeof step === 'number' ? step : String(step))),
  ];
  if (issue.code !== 'invalid_union') return [{ issue, path }];
  const meant = issue.errors.find(
    (branch) =>
      branch.length > 0 &&
      branch.every((inner) => inner.path.length > 0 || inner.code === 'unrecognized_keys'),
  );
  return meant?.flatMap((inner) => leaves(inner, path)) ?? [{ issue, path }];
}

/** Whether what stands there cannot be used: a key too many or a list too long does not spoil the rest of it. */
function spoils({ issue }: Leaf): boolean {
  if (issue.code === 'too_small' || issue.code === 'too_big') return issue.origin !== 'array';
  return issue.code !== 'unrecognized_keys';
}

function problemsOf({ issue, path }: Leaf, root: Spot): Problem[] {
  if (issue.code === 'unrecognized_keys')
    return issue.keys.map((key) => unknownKey(key, issue.message.split('\n'), path, root));
  const message = withFound(issue.message, spotAt(root, path));
  return [{ at: nearestSpot(root, path).at, path: pathText(path), message }];
}

function unknownKey(key: string, known: readonly string[], path: Path, root: Spot): Problem {
  const glued = known.find((name) => key.startsWith(`${name}:`));
  const meant = nearest(key, known);
  const hint =
    glued === undefined
      ? meant === null
        ? `the keys here are ${known.join(', ')}`
        : `did you mean ${quoted(meant)}?`
      : `write a space after ${quoted(`${glued}:`)}`;
  return {
    at: nearestSpot(root, [...path, key]).keyAt,
    path: pathText(path),
    message: `unknown key ${quoted(key)}; ${hint}`,
  };
}

/** A copy of a tree in which what stands at these paths is undefined; undefined if that is all of it. */
function without(tree: unknown, paths: readonly Path[]): unknown {
  if (paths.some(({ length }) => length === 0)) return undefined;
  if (paths.length === 0 || typeof tree !== 'object' || tree === null) return tree;
  const inside = (key: string | number) =>
    paths.filter((path) => path[0] === key).map((path) => path.slice(1));
  if (Array.isArray(tree)) return tree.map((item, index) => without(item, inside(index)));
  return Object.fromEntries(
    Object.entries(tree).map(([key, item]) => [key, without(item, inside(key))]),
  );
}
