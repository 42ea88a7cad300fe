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

const leftOut: readonly (readonly [Side, readonly string[]])[] = [
  ['teamwork', ['social', 'twitter', 'emailAlt1', 'emailAlt2', 'emailAlt3', 'avatarUrl', 'companyId']],
  ['desk', ['contacts', 'twitterHandle', 'linkedinURL', 'facebookURL', 'avatarURL', 'company']],
];
describe.each(leftOut)('R8: fields that %s leaves out of its answers are unread, not blank', (side, keys) => {
  const alternatives = [`kept@${side}.example`];
  const full = {
    ...{ twitter: 'kept', linkedin: 'https://linkedin.example/kept', alternativeEmails: alternatives },
  };
  afterEach(() => {
    vendor.leavesOut();
  });

  test('of a person nothing is wiped on either side; read again, they travel', async () => {
    const company = await watched.aClient(`Unread People ${side}`);
    const pair = await watched.aPerson(company, {
      ...{ firstName: 'Una', lastName: 'Read', email: `una@${side}.unread.example` },
      ...{ ...full, avatar: 'a picture' },
    });
    await watched.has(pair, 'desk', full);
    await watched.statusBecomes(pair.link, 'in_sync');
    const pictures = { teamwork: await watched.valueOf(pair, 'teamwork', 'avatar'), desk: '' };
    pictures.desk = String(await watched.valueOf(pair, 'desk', 'avatar'));
    expect(Object.values(pictures)).not.toContain('');
    vendor.leavesOut(...keys);
    await watched.edit(pair, 'teamwork', { firstName: 'Unabridged' });
    await watched.has(pair, 'desk', { firstName: 'Unabridged' });
    await watched.edit(pair, 'desk', { lastName: 'Reader' });
    await watched.has(pair, 'teamwork', { lastName: 'Reader' });
    await watched.quiet();
    for (const on of sides) {
      expect(await watched.users.valuesOf(on, 'customer', pair.ids[on])).toMatchObject({
        ...{ ...full, avatar: pictures[on], company: String(company.ids[on]) },
      });
    }
    vendor.leavesOut();
    await watched.edit(pair, side, { twitter: 'read_again' });
    await watched.has(pair, otherSide(side), { twitter: 'read_again' });
  });

  test('nor of a company', async () => {
    const pair = await watched.aClient(`Unread Works ${side}`);
    const full = { website: `https://${side}.unread.example`, email: `office@${side}.unread.example` };
    await watched.edit(pair, 'teamwork', full);
    await watched.has(pair, 'desk', full);
    vendor.leavesOut('website', side === 'teamwork' ? 'emailOne' : 'email');
    for (const from of sides) {
      const name = `Unread Works of ${side}, renamed in ${from}`;
      await watched.edit(pair, from, { name });
      await watched.has(pair, otherSide(from), { name });
    }
    await watched.quiet();
    for (const on of sides)
      expect(await watched.users.valuesOf(on, 'company', pair.ids[on])).toMatchObject(full);
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
    await watched.lab.sandbox.control('POST', 'faults', {
      side: to,
      kind: 'reformatted',
      path: `/${pair.ids[to]}\\.json`,
    });
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
    await watched.lab.sandbox.control('DELETE', 'faults');
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
