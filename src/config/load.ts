// mainstay.yaml, from a path to the domain's own types, or to everything that is wrong with it.
import type { Config } from '../domain/config.ts';
import type { Result } from '../domain/result.ts';
import { checkAgreement } from './agreement.ts';
import { buildConfig } from './build.ts';
import { cautionsFor } from './cautions.ts';
import { checkShape } from './check-shape.ts';
import type { Env } from './environment.ts';
import { checkBuilt } from './not-yet.ts';
import type { Objection } from './objections.ts';
import { messagesOf, pathText } from './problem.ts';
import type { ConfigError, Problem } from './problem.ts';
import { readSmall } from './read.ts';
import { sharedSecrets } from './secrets.ts';
import { nearestSpot, spotAt } from './spot.ts';
import type { Spot } from './spot.ts';
import { readTokens } from './tokens.ts';
import { readTree } from './tree.ts';
import { withFound } from './wants.ts';

/** 64 proxies with every key set need about 40 kB. */
const MAX_FILE_BYTES = 96 * 1024;

/**
 * Reads the file and what it points to. Every fault is found in one go; nothing is thrown, whatever the file holds.
 * `file` stands in the messages as it is given; relative paths in it start at its folder.
 */
export async function loadConfig(file: string, env: Env): Promise<Result<Config, ConfigError>> {
  const refused = (problems: readonly Problem[]) =>
    ({ ok: false, fault: { messages: messagesOf(file, problems) } }) as const;
  const text = await readText(file);
  if (!text.ok) return refused([text.fault]);
  const tree = readTree(text.value, env);
  if (!tree.ok) return refused(tree.fault);
  const { root } = tree.value;

  const shape = checkShape(tree.value);
  const tokens = await readTokens(shape.draft, file);
  const problems = [
    ...tree.value.problems,
    ...shape.problems,
    ...[...checkAgreement(shape.draft), ...checkBuilt(shape.draft), ...tokens.objections].map(
      (objection) => placed(objection, root),
    ),
  ];
  if (shape.file === null || problems.length > 0) return refused(problems);

  const config = buildConfig(shape.file, file, tokens);
  const cautions = [
    ...cautionsFor(config, shape.file),
    ...tokens.shared,
    ...(await sharedSecrets(shape.file, file)),
  ];
  const warnings = messagesOf(
    file,
    cautions.map((caution) => placed(caution, root)),
  );
  return { ok: true, value: { ...config, warnings } };
}

function placed({ path, message }: Objection, root: Spot): Problem {
  return {
    at: nearestSpot(root, path).at,
    path: pathText(path),
    message: withFound(message, spotAt(root, path)),
  };
}

async function readText(file: string): Promise<Result<string, Problem>> {
  const read = await readSmall(file, MAX_FILE_BYTES);
  if (!read.ok) return { ok: false, fault: { at: null, path: '', message: read.fault } };
  const { bytes } = read.value;
  try {
    return { ok: true, value: new TextDecoder('utf-8', { fatal: true }).decode(bytes) };
  } catch {
    const before = bytes.toString('utf8').split('\uFFFD', 1)[0] ?? '';
    const lines = before.split('\n');
    const at = { line: lines.length, column: (lines.at(-1)?.length ?? 0) + 1 };
    return { ok: false, fault: { at, path: '', message: 'not UTF-8; save the file as UTF-8' } };
  }
}
