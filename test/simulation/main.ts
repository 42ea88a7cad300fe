/** `npm run simulate -- --histories n --seed s`: the same as the test, for as many histories as one has time for. */
import Module from 'node:module';
import { parseArgs } from 'node:util';
import * as workflowModule from './engine/workflow-module';

/** Workflow code runs on the simulation's server instead of Temporal's. */
function replaceWorkflowModule(): void {
  const path = require.resolve('@temporalio/workflow');
  const replaced = new Module(path);
  replaced.exports = workflowModule;
  replaced.loaded = true;
  require.cache[path] = replaced;
}

async function main(): Promise<number> {
  replaceWorkflowModule();
  const { operationsFor, runHistory } = await import('./history/history.js');
  const { shrunken } = await import('./history/shrink.js');
  const { values } = parseArgs({
    options: { histories: { type: 'string', default: '100' }, seed: { type: 'string', default: '1' } },
  });
  const [histories, first] = [Number(values.histories), Number(values.seed)];
  const marks = new Set<string>();
  let failed = 0;
  for (let seed = first; seed < first + histories; seed++) {
    const outcome = await runHistory(seed, operationsFor(seed, 60));
    for (const mark of outcome.marks) marks.add(mark);
    if (outcome.violations.length === 0) continue;
    failed++;
    // The shorter history breaks the same invariant, not another one.
    const [broken] = outcome.violations[0]?.split(':') ?? [];
    const fails = async (fewer: Parameters<typeof runHistory>[1]) =>
      (await runHistory(seed, fewer)).violations.some((violation) => violation.startsWith(`${broken}:`));
    const short = await shrunken(outcome.operations, fails);
    console.log(`seed ${seed}: ${outcome.violations.join('; ')}`);
    console.log(`  shrunk to ${short.length} operations: ${JSON.stringify(short)}`);
  }
  console.log(`${histories} histories from seed ${first}: ${failed} failed, ${marks.size} marks reached`);
  return failed === 0 ? 0 : 1;
}

void main().then((code) => {
  process.exitCode = code;
});
