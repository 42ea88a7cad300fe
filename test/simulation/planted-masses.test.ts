/** The simulation can fail: of many changes at once too many pass, and what a product did not make is taken as made. */
import { masses } from './planted/masses';
import { firstBrokenWith } from './simulate';

it.each(masses)('caught: $name', async (bug) => {
  expect(await firstBrokenWith('masses', bug)).toMatch(bug.caughtBy);
});
