import type { Reporter, TestModule } from "vitest/node";

/**
 * Ends the output with `N passed, N failed`, alone on its line. A file that did not load and an error outside of tests
 * count as failed.
 */
export default class ClosingLine implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], unhandledErrors: readonly unknown[]): void {
    const tests = modules.flatMap((module) => [...module.children.allTests()]);
    const passed = tests.filter((test) => test.result().state === "passed").length;
    const failed = tests.filter((test) => test.result().state === "failed").length;
    const broken = modules.filter((module) => module.state() === "failed" && !hasFailedTest(module)).length;
    const counted = failed + broken + unhandledErrors.length;
    // printed as the process ends: after whatever other reporters and the teardown have to say, who may have failed too
    process.once("exit", (code) =>
      console.log(`\n${passed} passed, ${counted === 0 && code !== 0 ? 1 : counted} failed`),
    );
  }
}

function hasFailedTest(module: TestModule): boolean {
  return [...module.children.allTests("failed")].length > 0;
}
