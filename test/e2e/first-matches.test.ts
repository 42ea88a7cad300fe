/** Two records that meet for the first time (R12), under every policy, on the whole stack: blanks, values, pictures. */
import { otherSide, sides, type Fields, type Kind, type Side } from '../../src/domain/record';
import { site } from '../support/lab';
import { until } from '../support/until';
import { openWatchedLab, type Pair, type WatchedLab } from '../support/watched-lab';

let watched: WatchedLab;

beforeAll(async () => {
  watched = await openWatchedLab();
});
afterAll(() => watched.lab.close());

/** The one of Desk is known and stands alone before the one of Teamwork.com is made, which is matched with it (R14). */
async function meet(kind: Kind, values: Readonly<Record<Side, Fields>>): Promise<Pair> {
  const { users } = watched;
  const desk = await users.create('desk', kind, values.desk);
  await until(async () => (await watched.linkOf('desk', kind, desk))?.status === 'excluded');
  const teamwork = await users.create('teamwork', kind, values.teamwork);
  const pair = await watched.paired('teamwork', kind, teamwork);
  expect(pair.ids.desk).toBe(desk);
  return pair;
}

/** What lost is in the journal, and can be chosen. */
async function loserIsKept(pair: Pair, loser: Side, values: Fields): Promise<void> {
  const told = await watched.lab.engine.reads.timeline(site, pair.link, 50);
  const kept = told.filter(({ event, side }) => event === 'conflict' && side === loser);
  for (const [field, value] of Object.entries(values)) {
    expect(kept.map(({ detail }) => detail)).toContainEqual(expect.objectContaining({ field, value }));
    await watched.done(`choose ${pair.link} ${field} ${loser}`);
    for (const side of sides) await watched.has(pair, side, { [field]: value });
  }
  await watched.statusBecomes(pair.link, 'in_sync');
}

describe.each([
  { policy: 'latest', winner: 'teamwork' },
  { policy: 'teamwork', winner: 'teamwork' },
  { policy: 'desk', winner: 'desk' },
] as const)('R11, R12: under $policy', ({ policy, winner }) => {
  const loser = otherSide(winner);
  beforeAll(() => watched.done(`settings set conflictPolicy ${policy}`));

  test('of two companies a blank never beats a value, and of two values one stands; the loser is kept', async () => {
    const name = `Meeting under ${policy}`;
    const websites = { teamwork: `https://there.${policy}.example`, desk: `https://here.${policy}.example` };
    const email = `here@${policy}.example`;
    const pair = await meet('company', {
      teamwork: { name, website: websites.teamwork, email: '' },
      desk: { name, website: websites.desk, email },
    });
    for (const side of sides) await watched.has(pair, side, { website: websites[winner], email });
    await loserIsKept(pair, loser, { website: websites[loser] });
  });

  test('a plan names the value that would be replaced, and nothing is written before', async () => {
    const { users } = watched;
    const websites = { teamwork: `https://p.${policy}.example`, desk: `https://q.${policy}.example` };
    await watched.done('pause company');
    const made = { teamwork: 0, desk: 0 };
    for (const side of sides) {
      made[side] = await users.create(side, 'company', { name: `Plan ${policy}`, website: websites[side] });
      await until(async () => (await watched.linkOf(side, 'company', made[side])) !== null);
    }
    const { replaced } = (await watched.cli('sync plan --json')).json() as { replaced: readonly object[] };
    expect(replaced).toContainEqual({
      ...{ kind: 'company', side: loser, id: String(made[loser]), field: 'website' },
    });
    for (const side of sides) {
      expect((await users.valuesOf(side, 'company', made[side])).website).toBe(websites[side]);
    }
    await watched.done('resume company');
    const pair = await watched.paired('teamwork', 'company', made.teamwork);
    for (const side of sides) await watched.has(pair, side, { website: websites[winner] });
  });

  test('of two people, who meet by email, the same', async () => {
    const company = await watched.aClient(`People under ${policy}`);
    const [email, linkedin] = [`max@people.${policy}.example`, 'https://linkedin.example/max'];
    const facebook = 'https://facebook.example/max';
    const own = {
      teamwork: { firstName: 'Max', lastName: 'There', twitter: 'max_there' },
      desk: { firstName: 'Max', lastName: 'Here', twitter: 'max_here' },
    };
    const pair = await meet('customer', {
      teamwork: { ...own.teamwork, email, facebook, company: String(company.ids.teamwork) },
      desk: { ...own.desk, email, linkedin, company: String(company.ids.desk) },
    });
    for (const side of sides) await watched.has(pair, side, { ...own[winner], linkedin, facebook });
    await loserIsKept(pair, loser, { lastName: own[loser].lastName, twitter: own[loser].twitter });
  });

  test('of two avatars both stay, each its side’s base; the next one travels', async () => {
    const company = await watched.aClient(`Faces under ${policy}`);
    const own = { firstName: 'Fae', lastName: 'Ce', email: `fae@faces.${policy}.example` };
    const picture = (name: string) => `${watched.lab.sandbox.url}/files/avatars/${name}.png`;
    const pair = await meet('customer', {
      teamwork: { ...own, avatar: 'uploaded', company: String(company.ids.teamwork) },
      desk: { ...own, avatar: picture('person-7'), company: String(company.ids.desk) },
    });
    const uploaded = await watched.valueOf(pair, 'teamwork', 'avatar');
    expect(uploaded).not.toBe('');
    await watched.edit(pair, 'teamwork', { firstName: 'Face' });
    await watched.has(pair, 'desk', { firstName: 'Face' });
    await watched.quiet();
    expect(await watched.valueOf(pair, 'desk', 'avatar')).toBe(picture('person-7'));
    expect(await watched.valueOf(pair, 'teamwork', 'avatar')).toBe(uploaded);
    await watched.edit(pair, 'desk', { avatar: picture('person-8') });
    await until(async () => {
      const now = await watched.valueOf(pair, 'teamwork', 'avatar');
      return now !== '' && now !== uploaded;
    });
    await watched.statusBecomes(pair.link, 'in_sync');
    expect(await watched.valueOf(pair, 'desk', 'avatar')).toBe(picture('person-8'));
  });
});
