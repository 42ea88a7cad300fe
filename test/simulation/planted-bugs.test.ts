/** The simulation can fail: with a module replaced by a wrong one, some history breaks an invariant. */
import type * as History from './history/history';

/** The first invariant that breaks within so many histories, in a world where one module is replaced. */
async function caughtWith(path: string, wrong: () => object, histories = 25): Promise<string> {
  jest.resetModules();
  jest.doMock('@temporalio/workflow', () => jest.requireActual<object>('./engine/workflow-module'));
  jest.doMock(path, wrong);
  const { operationsFor, runHistory } = jest.requireActual<typeof History>('./history/history');
  try {
    for (let seed = 1; seed <= histories; seed++) {
      const { violations } = await runHistory(seed, operationsFor(seed, 60));
      if (violations.length > 0) return violations.join('; ');
    }
    return 'nothing';
  } finally {
    jest.dontMock(path);
  }
}

type Module = Record<string, (...input: never[]) => unknown>;

function actual(path: string): Module {
  return jest.requireActual<Module>(path);
}

it('an edit beside a write is swallowed', async () => {
  const path = '../../src/domain/readback';
  const caught = await caughtWith(path, () => ({ ...actual(path), editedBesides: () => false }));
  expect(caught).toMatch(/I1|I6/);
});
