/** The simulation can fail: users edit beside the engine's own calls, and a wrong module does not see it. */
import { edits } from './planted/edits';
import { firstBrokenWith } from './simulate';

it.each(edits)('caught: $name', async (bug) => {
  expect(await firstBrokenWith('edits', bug)).toMatch(bug.caughtBy);
});
