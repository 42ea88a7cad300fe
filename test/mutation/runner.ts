/**
 * Stryker's runner: the tests are loaded once, into jest's circus, and mutants switched on in what is loaded. The one that
 * Stryker has for jest starts jest and reads every test file anew for each mutant: seconds, where this takes milliseconds.
 */
import { readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, resolve, sep } from 'node:path';
import { jestExpect } from '@jest/expect';
import type { InstrumenterContext } from '@stryker-mutator/api/core';
import { declareClassPlugin, PluginKind } from '@stryker-mutator/api/plugin';
import {
  determineHitLimitReached,
  DryRunStatus,
  MutantRunStatus,
  TestStatus,
  toMutantRunResult,
  type CompleteDryRunResult,
  type DryRunResult,
  type MutantRunOptions,
  type MutantRunResult,
  type TestResult,
  type TestRunner,
} from '@stryker-mutator/api/test-runner';
import fc from 'fast-check';
import * as circus from 'jest-circus';

type Block = circus.State['rootDescribeBlock'];
type Test = Extract<Block['children'][number], { type: 'test' }>;

/** Of what stands before the product: these need no server and no store. */
const suitesOfGuards = [
  'account-pins.test.ts',
  'site-forms.test.ts',
  'apis/file-addresses.test.ts',
  'bridge/delivery.test.ts',
  'bridge/signature.test.ts',
  'console/csv.test.ts',
  'console/requests.test.ts',
  'contract/sealing.test.ts',
];

/** The tests of each suite as they are loaded now. */
const suites = new Map<string, readonly Test[]>();

/** How long each test took when last run, in milliseconds. */
const durations = new Map<string, number>();
const isSlow = (test: Test): boolean => (durations.get(idOf(test)) ?? 0) > 20;

/** What the instrumented code asks which mutant is on, and counts into. */
const context: InstrumenterContext = {};

class LoadedTests implements TestRunner {
  capabilities() {
    return { reloadEnvironment: true };
  }

  init() {
    Object.assign(globalThis, circus, { expect: jestExpect, __stryker__: context });
    // Any example kills a mutant: none is sought that would read well.
    fc.configureGlobal({ endOnFailure: true });
    process.env.LAW_EXAMPLES ??= '0.1';
    circus.addEventHandler((event) => {
      if (event.name === 'test_fn_start') context.currentTestId = idOf(event.test);
      if (event.name !== 'test_done') return;
      delete context.currentTestId;
      durations.set(idOf(event.test), event.test.duration ?? 0);
      if (event.test.errors.length > 0) choose(() => false);
    });
    // Now, while no mutant's time runs: what takes the place of a process that a mutant brought down has read nothing yet.
    load();
    return Promise.resolve();
  }

  async dryRun(): Promise<DryRunResult> {
    load();
    const result = await run(() => true);
    return context.mutantCoverage ? { ...result, mutantCoverage: context.mutantCoverage } : result;
  }

  async mutantRun(asked: MutantRunOptions): Promise<MutantRunResult> {
    const wanted = asked.testFilter && new Set(asked.testFilter);
    delete context.activeMutant;
    const isStatic = asked.mutantActivation === 'static';
    if (isStatic) context.activeMutant = asked.activeMutant.id;
    // Stryker takes what a new process has read for nothing read, and asks for no second reading of it.
    if (isStatic || asked.reloadEnvironment) {
      const failure = failureOfLoading();
      if (failure !== null)
        return { status: MutantRunStatus.Killed, failureMessage: failure, killedBy: [], nrOfTests: 0 };
    }
    context.activeMutant = asked.activeMutant.id;
    Object.assign(context, { hitCount: asked.hitLimit && 0, hitLimit: asked.hitLimit });
    const isWanted = (test: Test) => wanted?.has(idOf(test)) ?? true;
    // Most mutants fall to an example, and most of these to one of their own file's; the laws try hundreds.
    const isNear = nearTo(asked.activeMutant.fileName);
    let result = await run((test) => isWanted(test) && !isSlow(test) && isNear(test));
    if (!failed(result)) result = await run((test) => isWanted(test) && !isSlow(test) && !isNear(test));
    if (!failed(result)) result = await run((test) => isWanted(test) && isSlow(test));
    return toMutantRunResult(determineHitLimitReached(context.hitCount, context.hitLimit) ?? result);
  }
}

/** Reads tests and sources anew, in the sandbox that Stryker made the working directory. */
function load(): void {
  const read = createRequire(resolve('package.json'));
  for (const path of Object.keys(read.cache)) {
    if (['src', 'test'].some((folder) => path.startsWith(resolve(folder) + sep)))
      Reflect.deleteProperty(read.cache, path);
  }
  circus.resetState();
  // As for jest: a busy machine may take long over anything, and whether a mutant hangs Stryker finds out.
  circus.getState().testTimeout = 900_000;
  suites.clear();
  const root = circus.getState().rootDescribeBlock;
  const domain = readdirSync('test/domain').filter((name) => name.endsWith('.test.ts'));
  for (const suite of [...suitesOfGuards, ...domain.map((name) => `domain/${name}`)]) {
    const before = root.children.length;
    read(resolve('test', suite));
    suites.set(basename(suite), testsOf(root.children.slice(before)));
  }
}

/** Whether a test stands in a suite named after the file. */
function nearTo(file: string): (test: Test) => boolean {
  const near = [...suites].filter(([suite]) => suite.startsWith(basename(file, '.ts')));
  const tests = new Set(near.flatMap(([, own]) => own));
  return (test) => tests.has(test);
}

/** A mutant may break the tests before they begin. */
function failureOfLoading(): string | null {
  try {
    load();
    return null;
  } catch (error) {
    return String(error);
  }
}

async function run(isWanted: (test: Test) => boolean): Promise<CompleteDryRunResult> {
  choose(isWanted);
  await circus.run();
  return { status: DryRunStatus.Complete, tests: testsIn().map(resultOf) };
}

function failed({ tests }: CompleteDryRunResult): boolean {
  return tests.some(({ status }) => status === TestStatus.Failed);
}

function choose(isWanted: (test: Test) => boolean): void {
  for (const test of testsIn()) test.mode = isWanted(test) ? undefined : 'skip';
}

function testsIn(block: Block = circus.getState().rootDescribeBlock): Test[] {
  return testsOf(block.children);
}

function testsOf(children: Block['children']): Test[] {
  return children.flatMap((child) => (child.type === 'test' ? [child] : testsIn(child)));
}

function idOf({ name, parent }: Test): string {
  const names = [name];
  for (let block = parent; block.parent; block = block.parent) names.unshift(block.name);
  return names.join(' ');
}

function resultOf(test: Test): TestResult {
  const told = { id: idOf(test), name: idOf(test), timeSpentMs: test.duration ?? 0 };
  const failures = test.errors.splice(0).map(String);
  if (failures.length > 0) return { ...told, status: TestStatus.Failed, failureMessage: failures.join('\n') };
  return { ...told, status: test.status === 'skip' ? TestStatus.Skipped : TestStatus.Success };
}

export const strykerPlugins = [declareClassPlugin(PluginKind.TestRunner, 'loaded-tests', LoadedTests)];
