/** The simulation can fail: with a module replaced by a wrong one, some history breaks an invariant. */
import { rules } from './planted/rules';
import { firstBrokenWith } from './simulate';

it.each(rules)('caught: $name', async (bug) => {
  expect(await firstBrokenWith('rules', bug)).toMatch(bug.caughtBy);
});
