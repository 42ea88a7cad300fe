/** Every field of R8 crosses in both directions, on the whole stack: the users act through the vendors' APIs. */
import { otherSide, sides, type Field, type Fields, type Side } from '../../src/domain/record';
import { openWatchedLab, type Pair, type WatchedLab } from '../support/watched-lab';
import { site, token } from '../support/lab';
import { openThinVendor, type ThinVendor } from '../support/thin-vendor';
import { until } from '../support/until';

let watched: WatchedLab;
let vendor: ThinVendor;
let client: Pair;
let other: Pair;
let person: Pair;

beforeAll(async () => {
  watched = await openWatchedLab({ at: async (url) => (vendor = await openThinVendor(url)).url });
  client = await watched.aClient('Fieldstone Works');
  other = await watched.aClient('Otherfield Works');
  person = await watched.aPerson(client, {
    firstName: 'Fay',
    lastName: 'Field',
    email: 'fay@fieldstone.example',
  });
});
afterAll(async () => {
  await watched.lab.close();
  await vendor.close();
});

const directions = sides.map((from) => [from, otherSide(from)] as const);

const ofCompanies: readonly (readonly [Field, Readonly<Record<Side, string>>])[] = [
  ['name', { teamwork: 'Fieldstone Quarry', desk: 'Fieldstone Masonry' }],
  ['website', { teamwork: 'https://from-teamwork.example', desk: 'https://from-desk.example' }],
  ['email', { teamwork: 'from@teamwork.example', desk: 'from@desk.example' }],
];

describe.each(directions)('from %s to %s', (from, to) => {
  test.each(ofCompanies)('R8: a company’s %s', async (field, values) => {
    await watched.edit(client, from, { [field]: values[from] });
    await watched.has(client, to, { [field]: values[from] });
  });

  const ofPeople: readonly (readonly [Field, Fields[Field]])[] = [
    ['firstName', `First${from}`],
    ['lastName', `Last${from}`],
    ['email', `primary.${from}@fieldstone.example`],
    ['alternativeEmails', [`one.${from}@fieldstone.example`, `two.${from}@fieldstone.example`]],
    ['twitter', `handle_${from}`],
    ['linkedin', `https://linkedin.example/${from}`],
    ['facebook', `https://facebook.example/${from}`],
  ];
  test.each(ofPeople)('R8: a person’s %s', async (field, value) => {
    await watched.edit(person, from, { [field]: value });
    await watched.has(person, to, { [field]: value });
  });

  test('R8: a person’s avatar', async () => {
    const before = await watched.valueOf(person, to, 'avatar');
    const picture = `${vendor.url}/files/avatars/person-7.png`;
    await watched.edit(person, from, { avatar: picture });
    await until(async () => {
      const now = await watched.valueOf(person, to, 'avatar');
      return now !== '' && now !== before;
    });
    await watched.statusBecomes(person.link, 'in_sync');
  });

  test('R8: a person’s company', async () => {
    const target = from === 'teamwork' ? other : client;
    await watched.edit(person, from, { company: String(target.ids[from]) });
    await watched.has(person, to, { company: String(target.ids[to]) });
  });

  test.each(['alternativeEmails', 'twitter', 'linkedin', 'facebook', 'avatar'] as const)(
    'R12: a person’s %s that is emptied is emptied there, too',
    async (field) => {
      const blank = field === 'alternativeEmails' ? [] : '';
      await watched.statusBecomes(person.link, 'in_sync');
      expect(await watched.valueOf(person, to, field)).not.toEqual(blank);
      await watched.edit(person, from, { [field]: blank });
      await watched.has(person, to, { [field]: blank });
    },
  );

  test.each(['website', 'email'] as const)(
    'R12: a company’s %s that is emptied is emptied there, too',
    async (field) => {
      expect(await watched.valueOf(client, to, field)).not.toBe('');
      await watched.edit(client, from, { [field]: '' });
      await watched.has(client, to, { [field]: '' });
    },
  );
});

test('R8: fields that the vendor leaves out of its answers are unread, not blank, and nothing is wiped', async () => {
  const full = {
    twitter: 'kept',
    linkedin: 'https://linkedin.example/kept',
    alternativeEmails: ['kept@alt.example'],
  };
  const company = await watched.aClient('Unread Works');
  const pair = await watched.aPerson(company, {
    firstName: 'Una',
    lastName: 'Read',
    email: 'una@unread.example',
    ...full,
  });
  await watched.has(pair, 'desk', full);
  vendor.leavesOut('social', 'twitter', 'emailAlt1', 'emailAlt2', 'emailAlt3');
  await watched.edit(pair, 'teamwork', { firstName: 'Unabridged' });
  await watched.has(pair, 'desk', { firstName: 'Unabridged' });
  await watched.edit(pair, 'desk', { lastName: 'Reader' });
  await watched.has(pair, 'teamwork', { lastName: 'Reader' });
  await watched.quiet();
  expect(await watched.users.valuesOf('desk', 'customer', pair.ids.desk)).toMatchObject(full);
  expect(await watched.users.valuesOf('teamwork', 'customer', pair.ids.teamwork)).toMatchObject(full);
  vendor.leavesOut();
  await watched.edit(pair, 'teamwork', { twitter: 'read_again' });
  await watched.has(pair, 'desk', { twitter: 'read_again' });
});

describe('R12: a first match', () => {
  test('of a company: a blank never beats a value, of two values Teamwork.com’s wins and the loser is kept', async () => {
    const { users } = watched;
    const there = { name: 'Meeting Point', website: 'https://there.example', email: '' };
    const here = { name: 'Meeting Point', website: 'https://here.example', email: 'here@meeting.example' };
    const desk = await users.create('desk', 'company', here);
    await until(async () => (await watched.linkOf('desk', 'company', desk))?.reason === 'not_asked');
    const pair = await watched.paired(
      'teamwork',
      'company',
      await users.create('teamwork', 'company', there),
    );
    expect(pair.ids.desk).toBe(desk);
    const both = { website: there.website, email: here.email };
    for (const side of sides) await watched.has(pair, side, both);
    await watched.done(`choose ${pair.link} website desk`);
    await watched.has(pair, 'teamwork', { website: here.website });
    await watched.has(pair, 'desk', { website: here.website });
  });

  test('of a person, by email: the same', async () => {
    const { users } = watched;
    const company = await watched.aClient('Meeting People');
    const email = 'max@meeting-people.example';
    const desk = await users.create('desk', 'customer', {
      ...{ firstName: 'Max', lastName: 'Here', email, twitter: 'max_here' },
      ...{ linkedin: 'https://linkedin.example/max', company: String(company.ids.desk) },
    });
    await until(async () => (await watched.linkOf('desk', 'customer', desk))?.status === 'excluded');
    const pair = await watched.aPerson(company, {
      ...{ firstName: 'Max', lastName: 'There', email, facebook: 'https://facebook.example/max' },
    });
    expect(pair.ids.desk).toBe(desk);
    const both = {
      ...{ lastName: 'There', twitter: 'max_here' },
      ...{ linkedin: 'https://linkedin.example/max', facebook: 'https://facebook.example/max' },
    };
    for (const side of sides) await watched.has(pair, side, both);
    await watched.done(`choose ${pair.link} lastName desk`);
    await watched.has(pair, 'teamwork', { lastName: 'Here' });
  });
});

describe.each(directions)('R13: written from %s to %s', (from, to) => {
  let pair: Pair;
  const writesThere = async (since: number) =>
    (await watched.lab.sandbox.calls(since)).filter(
      ({ side, method, path, token: by }) =>
        side === to && method !== 'GET' && by === token && path.includes(`/${pair.ids[to]}.json`),
    ).length;
  const lastCall = async () => (await watched.lab.sandbox.calls()).at(-1)?.n ?? 0;

  beforeAll(async () => {
    const company = await watched.aClient(`Quirks ${from}`);
    pair = await watched.aPerson(company, {
      firstName: 'Quin',
      lastName: 'Irk',
      email: `quin@${from}.example`,
    });
  });
  afterEach(() => watched.lab.sandbox.control('DELETE', 'faults'));

  test('a value that the vendor writes in its own form is agreed, told, and not written again', async () => {
    const since = await lastCall();
    await watched.lab.sandbox.control('POST', 'faults', { side: to, kind: 'reformatted', times: 1 });
    await watched.edit(pair, from, { lastName: 'Irkson' });
    await watched.has(pair, to, { lastName: 'IRKSON' });
    await watched.statusBecomes(pair.link, 'in_sync');
    await watched.lab.engine.client.pollNow(site);
    await watched.quiet();
    expect(await writesThere(since)).toBe(1);
    expect(await watched.valueOf(pair, from, 'lastName')).toBe('Irkson');
    const told = await watched.lab.engine.reads.timeline(site, pair.link, 50);
    expect(told.map(({ detail }) => detail)).toContainEqual(
      expect.objectContaining({ reformatted: ['lastName'] }),
    );
    await watched.edit(pair, to, { lastName: 'Irksdotter' });
    await watched.has(pair, from, { lastName: 'Irksdotter' });
  });

  test('a write that the vendor accepts and ignores is failing and not repeated; the next edit heals it', async () => {
    const since = await lastCall();
    await watched.lab.sandbox.control('POST', 'faults', { side: to, kind: 'ignored' });
    await watched.edit(pair, from, { firstName: 'Zed' });
    await watched.statusBecomes(pair.link, 'failing', 'remote_ignored');
    await watched.lab.engine.client.pollNow(site);
    await watched.quiet();
    expect(await writesThere(since)).toBe(1);
    expect(await watched.valueOf(pair, from, 'firstName')).toBe('Zed');
    await watched.lab.sandbox.control('DELETE', 'faults');
    await watched.edit(pair, from, { firstName: 'Zora' });
    await watched.has(pair, to, { firstName: 'Zora' });
    await watched.statusBecomes(pair.link, 'in_sync');
  });
});
