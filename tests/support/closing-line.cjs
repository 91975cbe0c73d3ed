/**
 * Jest reporter: the names of skipped tests, then one last line alone, `N passed, N failed` with `, N skipped` when
 * there are any. With REQUIRE_ALL=1 a skipped test makes the run fail.
 */
const { writeSync } = require('node:fs');

/** How long Jest may take to end by itself once all tests have run. */
const PATIENCE_MS = 30_000;

class ClosingLine {
  #strict = process.env.REQUIRE_ALL === '1';
  #skipped = 0;

  onRunComplete(_contexts, results) {
    const skipped = results.testResults.flatMap((file) =>
      file.testResults
        .filter((test) => ['pending', 'disabled', 'todo'].includes(test.status))
        .map((test) => test.fullName),
    );
    this.#skipped = skipped.length;
    // A file that does not even load has no test to count.
    const broken = results.numRuntimeErrorTestSuites;
    const failed = results.numFailedTests + broken;
    const counts = [`${results.numPassedTests} passed`, `${failed} failed`];
    if (skipped.length > 0) counts.push(`${skipped.length} skipped`);
    const lines = [
      ...skipped.map((name) => `skipped: ${name}`),
      ...(this.#strict && skipped.length > 0
        ? ['REQUIRE_ALL=1: a skipped test is a failure']
        : []),
      counts.join(', '),
    ];
    // Jest's own summary is printed after all reporters have run.
    process.once('exit', () => {
      writeSync(process.stdout.fd, `\n${lines.join('\n')}\n`);
    });
    // A process that a failed test left behind may hold Jest's pipes: the run ends all the same.
    setTimeout(() => process.exit(), PATIENCE_MS).unref();
  }

  getLastError() {
    return this.#strict && this.#skipped > 0
      ? new Error(`${this.#skipped} tests were skipped`)
      : undefined;
  }
}

module.exports = ClosingLine;
