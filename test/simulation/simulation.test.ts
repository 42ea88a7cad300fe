/** What a history is: the same for the same seed. */
import { operationsFor, runHistory } from './history/history';

jest.mock('@temporalio/workflow', () => jest.requireActual<object>('./engine/workflow-module'));

const operations = 60;

it('I25 the same seed is the same history, byte by byte', async () => {
  const once = await runHistory(4, operationsFor(4, operations));
  const again = await runHistory(4, operationsFor(4, operations));
  expect(once.trace).toBe(again.trace);
});
