// HAProxy versions with known bugs that touch what mainstay is for: a word in the log, once a proxy and version.
import type { Log } from '../domain/ports.ts';
import type { Snapshot } from '../domain/view.ts';
import { knownBugs } from '../haproxy/version-bugs.ts';

/** To be called with every snapshot: warns when a version is first seen at a proxy, a line for each of its bugs. */
export function bugWarner(log: Log): (snapshot: Snapshot) => void {
  const told = new Set<string>();
  return ({ proxies }) => {
    for (const { name, sight } of proxies) {
      const version = sight.kind === 'seen' ? sight.value.version : null;
      if (version === null || told.has(`${name} ${version}`)) continue;
      told.add(`${name} ${version}`);
      for (const { id, says, cure } of knownBugs(version)) {
        log.warn(
          { proxy: name, version, bug: id },
          `${name} (HAProxy ${version}): ${says}: ${cure}`,
        );
      }
    }
  };
}
