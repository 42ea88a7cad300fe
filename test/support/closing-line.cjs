/** Ends a run with one plain line of its true counts, for scripts to read. */
const { writeSync } = require('node:fs');

module.exports = class ClosingLine {
  onRunComplete(_contexts, results) {
    // A suite that could not run at all holds no test that could be counted.
    const failed = results.numFailedTests + results.numRuntimeErrorTestSuites;
    // Jest writes its summary after all reporters.
    process.once('exit', () => writeSync(1, `${results.numPassedTests} passed, ${failed} failed\n`));
  }
};
