// The line that ends a test run, for people and for CI: `N passed, N failed, N skipped`.
import type { Reporter, TestModule } from 'vitest/node';

/**
 * A vitest reporter that prints the line when vitest exits, so that nothing of vitest's comes after it; without a
 * finished run there is none. What breaks outside any test (a file that does not load, a hook, an unhandled
 * rejection) and a test that never ended count as failed: no run with another exit code than 0 says `0 failed`.
 */
export function closingLine(): Reporter {
  let count: Record<'passed' | 'failed' | 'skipped', number> | null = null;
  return {
    onInit() {
      process.once('exit', (code) => {
        if (count === null) return;
        const failed = Math.max(count.failed, code === 0 ? 0 : 1);
        console.log(`${count.passed} passed, ${failed} failed, ${count.skipped} skipped`);
      });
    },
    onTestRunEnd(modules, unhandledErrors) {
      const tests = modules.flatMap((module) => [...module.children.allTests()]);
      const states = tests.map((test) => test.result().state);
      const passed = states.filter((state) => state === 'passed').length;
      const skipped = states.filter((state) => state === 'skipped').length;
      const broken = modules.flatMap(brokenParts).length + unhandledErrors.length;
      count = { passed, failed: states.length - passed - skipped + broken, skipped };
    },
  };
}

/** The file itself and those of its suites that have errors of their own: imports, `beforeAll`, `afterAll`. */
function brokenParts(module: TestModule) {
  return [module, ...module.children.allSuites()].filter((part) => part.errors().length > 0);
}
