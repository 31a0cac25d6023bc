import type { Reporter, TestModule } from 'vitest/node';

/** Ends the output with one line that counts: "12 passed, 0 failed". */
export class CountReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], errors: readonly unknown[]) {
    let passed = 0;
    let failed = errors.length;
    for (const module of modules) {
      let seen = 0;
      for (const test of module.children.allTests()) {
        seen++;
        // What was skipped did not pass.
        if (test.result().state === 'passed') passed++;
        else failed++;
      }
      // A file that could not be loaded has no tests to fail.
      if (seen === 0) failed++;
    }
    process.stdout.write(`\n${String(passed)} passed, ${String(failed)} failed\n`);
    if (failed > 0) process.exitCode = 1;
  }
}
