/**
 * What `caught.ts` starts: a world in which one module is wrong. It prints the first invariants that break, or `nothing`.
 */
import { createRequire } from 'node:module';
import * as workflowModule from '../engine/workflow-module';
import { replaceModule } from '../replaced-module';
import type { Bug, Module } from './bug';
import { planted, type Group } from './planted';

/** So many histories at most; most bugs need a few, the rarest some hundred. */
const mostHistories = 1_000;

const load = createRequire(__filename) as (path: string) => Module;

function plant({ name, path, wrong }: Bug): void {
  const resolved = require.resolve(path);
  if (resolved in require.cache) throw new Error(`${path} is in use before “${name}” is planted in it.`);
  const right = load(path);
  replaceModule(resolved, { ...right, ...wrong(right, load) });
}

async function firstBroken({ inLargeWorlds }: Bug): Promise<string> {
  const { operationsFor, runHistory } = await import('../history/history.js');
  const { largeEvery } = await import('../history/masses.js');
  const every = inLargeWorlds ? largeEvery : 1;
  for (let seed = every; seed <= mostHistories; seed += every) {
    const { violations } = await runHistory(seed, operationsFor(seed, 60));
    if (violations.length > 0) return violations.join('; ');
  }
  return 'nothing';
}

const [, , group, name] = process.argv;
const bug = planted[group as Group].find((each) => each.name === name);
if (bug === undefined) throw new Error(`There is no bug “${String(name)}” among the ${String(group)}.`);
replaceModule(require.resolve('@temporalio/workflow'), workflowModule);
plant(bug);
void firstBroken(bug).then((broken) => console.log(broken));
