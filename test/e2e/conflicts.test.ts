/** Both users edit one record at a time (R10, R11), on the whole stack: nothing of either is lost. */
import { otherSide, sides, type Fields, type Side } from '../../src/domain/record';
import { site } from '../support/lab';
import { until } from '../support/until';
import { openWatchedLab, type Pair, type WatchedLab } from '../support/watched-lab';

let watched: WatchedLab;
let client: Pair;
let people = 0;

beforeAll(async () => {
  watched = await openWatchedLab();
  client = await watched.aClient('Conflict Works');
});
afterAll(() => watched.lab.close());

function somebody(): Promise<Pair> {
  people += 1;
  const email = `conflict${people}@conflict.example`;
  return watched.aPerson(client, { firstName: 'Con', lastName: 'Flict', email });
}

/** While the link rests both users edit; then the engine sees both edits at once. The second to edit is the later. */
async function bothEdit(pair: Pair, first: Side, values: Readonly<Record<Side, Fields>>) {
  await watched.quiet();
  await watched.done(`pause ${pair.link}`);
  await watched.edit(pair, first, values[first]);
  const madeAt = Math.floor(Date.now() / 1_000);
  // The vendors tell whole seconds.
  await until(() => Math.floor(Date.now() / 1_000) > madeAt);
  await watched.edit(pair, otherSide(first), values[otherSide(first)]);
  for (const side of sides) await watched.isRead(pair, side, values[side]);
  await watched.done(`resume ${pair.link}`);
}

test('R10: edits of different fields of a person on both sides both survive', async () => {
  const pair = await somebody();
  await Promise.all([
    watched.edit(pair, 'teamwork', { firstName: 'There', twitter: 'there' }),
    watched.edit(pair, 'desk', { lastName: 'Here', facebook: 'https://facebook.example/here' }),
  ]);
  const both = {
    ...{ firstName: 'There', lastName: 'Here' },
    ...{ twitter: 'there', facebook: 'https://facebook.example/here' },
  };
  for (const side of sides) await watched.has(pair, side, both);
});

test('R10: so do edits of different fields of a company', async () => {
  const pair = await watched.aClient('Both Edit');
  await Promise.all([
    watched.edit(pair, 'teamwork', { name: 'Both Edited' }),
    watched.edit(pair, 'desk', { website: 'https://both.example' }),
  ]);
  for (const side of sides)
    await watched.has(pair, side, { name: 'Both Edited', website: 'https://both.example' });
});

test('R10: alternative emails added on both sides are all kept, one removed is removed', async () => {
  const pair = await somebody();
  await watched.edit(pair, 'teamwork', { alternativeEmails: ['old@alt.example'] });
  await watched.has(pair, 'desk', { alternativeEmails: ['old@alt.example'] });
  await bothEdit(pair, 'teamwork', {
    teamwork: { alternativeEmails: ['there@alt.example'] },
    desk: { alternativeEmails: ['old@alt.example', 'here@alt.example'] },
  });
  const all = { alternativeEmails: ['here@alt.example', 'there@alt.example'] };
  for (const side of sides) await watched.has(pair, side, all);
});

test('R10: the same edit on both sides is agreement, and no conflict', async () => {
  const pair = await somebody();
  await bothEdit(pair, 'desk', { teamwork: { lastName: 'Agreed' }, desk: { lastName: 'Agreed' } });
  await watched.statusBecomes(pair.link, 'in_sync');
  const told = await watched.lab.engine.reads.timeline(site, pair.link, 50);
  expect(told.map(({ event }) => event)).not.toContain('conflict');
});

const policies = [
  { policy: 'latest', later: 'desk', winner: 'desk' },
  { policy: 'latest', later: 'teamwork', winner: 'teamwork' },
  { policy: 'teamwork', later: 'desk', winner: 'teamwork' },
  { policy: 'desk', later: 'teamwork', winner: 'desk' },
] as const;

describe.each(policies)('under $policy, $later later', ({ policy, later, winner }) => {
  const loser = otherSide(winner);
  const values = { teamwork: 'Valuethere', desk: 'Valuehere' };
  beforeAll(() => watched.done(`settings set conflictPolicy ${policy}`));

  test('R11: of two edits of a person’s field one stands; the loser is kept, and is chosen later', async () => {
    const pair = await somebody();
    await bothEdit(pair, otherSide(later), {
      teamwork: { lastName: values.teamwork },
      desk: { lastName: values.desk },
    });
    for (const side of sides) await watched.has(pair, side, { lastName: values[winner] });
    await watched.statusBecomes(pair.link, 'in_sync');
    const told = await watched.lab.engine.reads.timeline(site, pair.link, 50);
    const kept = told.filter(({ event }) => event === 'conflict');
    expect(kept).toMatchObject([{ side: loser, detail: { field: 'lastName', value: values[loser] } }]);
    await watched.done(`choose ${pair.link} lastName ${loser}`);
    for (const side of sides) await watched.has(pair, side, { lastName: values[loser] });
    await watched.statusBecomes(pair.link, 'in_sync');
  });

  test('R11: and of a company’s', async () => {
    const pair = await watched.aClient(`Policy ${policy} ${later}`);
    // Blank on both sides when it was made, which is its base: two values are a conflict, and no first match (R12).
    const at = { teamwork: 'there@policy.example', desk: 'here@policy.example' };
    await bothEdit(pair, otherSide(later), { teamwork: { email: at.teamwork }, desk: { email: at.desk } });
    for (const side of sides) await watched.has(pair, side, { email: at[winner] });
    await watched.statusBecomes(pair.link, 'in_sync');
    await watched.done(`choose ${pair.link} email ${loser}`);
    for (const side of sides) await watched.has(pair, side, { email: at[loser] });
  });
});
