// The answers of real HAProxies that scripts/capture-fixtures.mjs wrote down, by version.
import { readFileSync, readdirSync } from 'node:fs';

const ROOT = 'test/fixtures/haproxy';

export const VERSIONS: readonly string[] = readdirSync(ROOT).toSorted();

/** The files of one version. */
export const filesOf = (version: string): readonly string[] => readdirSync(`${ROOT}/${version}`);

/** One answer, latin1, whole. */
export const fixture = (version: string, name: string): string =>
  readFileSync(`${ROOT}/${version}/${name}`, 'latin1');

/** A whole answer to a look at `backend`, out of the fixtures for its parts. */
export const lookAt = (version: string, backend: string): string =>
  `admin\n\n${fixture(version, 'show-info.txt')}${fixture(version, `show-stat-${backend}.csv`)}`;
