/** `npm run simulate -- --histories n --seed s`: the same as the test, for as many histories as one has time for. */
import Module from 'node:module';
import { parseArgs } from 'node:util';
import * as workflowModule from './engine/workflow-module';
import { marksToReach } from './marks';

const enoughForAll = 500;

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
  const { campaign } = await import('./history/campaign.js');
  const { values } = parseArgs({
    options: { histories: { type: 'string', default: '100' }, seed: { type: 'string', default: '1' } },
  });
  const [histories, first] = [Number(values.histories), Number(values.seed)];
  const { marks, failed } = await campaign(first, histories);
  for (const failure of failed) console.log(failure);
  for (const [mark, times] of [...marks].sort()) console.log(`${mark}: in ${times} histories`);
  // Few histories need not lead everywhere.
  const unmet = histories < enoughForAll ? [] : marksToReach.filter((mark) => !marks.has(mark));
  if (unmet.length > 0) console.log(`not reached, and so not tested: ${unmet.join(' ')}`);
  console.log(
    `${histories} histories from seed ${first}: ${failed.length} failed, ${marks.size} marks reached`,
  );
  return failed.length + unmet.length === 0 ? 0 : 1;
}

void main().then((code) => {
  process.exitCode = code;
});
