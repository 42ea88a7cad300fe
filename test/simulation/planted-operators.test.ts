/** The simulation can fail: operators ask for something, and a wrong module does something else. */
import { operators } from './planted/operators';
import { firstBrokenWith } from './simulate';

it.each(operators)('caught: $name', async (bug) => {
  expect(await firstBrokenWith('operators', bug)).toMatch(bug.caughtBy);
});
