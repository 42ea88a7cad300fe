/** Ends a run with what failed, a line each, and one plain line of its true counts, for scripts to read. */
const { writeSync } = require('node:fs');
const { relative } = require('node:path');
const { stripVTControlCharacters } = require('node:util');

module.exports = class ClosingLine {
  onRunComplete(_contexts, results) {
    // A suite that could not run at all holds no test that could be counted.
    const failed = results.numFailedTests + results.numRuntimeErrorTestSuites;
    const lines = results.testResults.flatMap(failuresOf);
    // Jest writes its summary after all reporters.
    process.once('exit', () => {
      for (const line of lines) writeSync(1, `FAILED ${line}\n`);
      writeSync(1, `${results.numPassedTests} passed, ${failed} failed\n`);
    });
  }
};

function failuresOf({ testFilePath, testExecError, testResults }) {
  const file = relative(process.cwd(), testFilePath);
  if (testExecError) return [`${file}: ${inOneLine(testExecError.message)}`];
  return testResults
    .filter(({ status }) => status === 'failed')
    .map(({ fullName, failureMessages }) => `${file}: ${fullName}: ${inOneLine(failureMessages[0])}`);
}

function inOneLine(message = '') {
  const lines = stripVTControlCharacters(message).split('\n');
  return lines
    .map((line) => line.trim())
    .filter(Boolean)
    .join(' | ')
    .slice(0, 2_000);
}
