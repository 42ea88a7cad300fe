/** People who move, come back, are merged or sign in, on the whole stack (R17, R22, R25, R27). */
import { otherSide, sides, type Side } from '../../src/domain/record';
import { site, token } from '../support/lab';
import { truthOf } from '../support/truth';
import { until } from '../support/until';
import { openWatchedLab, type Pair, type WatchedLab } from '../support/watched-lab';

let watched: WatchedLab;
let first: Pair;
let second: Pair;
let people = 0;

beforeAll(async () => {
  watched = await openWatchedLab();
  first = await watched.aClient('First Works');
  second = await watched.aClient('Second Works');
});
afterAll(() => watched.lab.close());

const next = () => `mover${(people += 1)}@movers.example`;
const somebody = (more: object = {}): Promise<Pair> =>
  watched.aPerson(first, { firstName: 'Mo', lastName: 'Ver', email: next(), ...more });
const linkNow = async (pair: Pair) => (await watched.lab.engine.store.view(site, pair.link))?.link;
const owner = async () => String((await watched.lab.engine.store.site(site))?.ownerCompanyId);

describe.each(sides)('R25: a person moved in %s', (from) => {
  const to = otherSide(from);

  test('between linked companies moves on the other side, and back', async () => {
    const pair = await somebody();
    await watched.edit(pair, from, { company: String(second.ids[from]) });
    await watched.has(pair, to, { company: String(second.ids[to]) });
    await watched.edit(pair, from, { company: String(first.ids[from]) });
    await watched.has(pair, to, { company: String(first.ids[to]) });
  });
});

const aClientAlone = async (name: string): Promise<Pair> => {
  const client = await watched.aClient(name);
  await watched.done(`unlink ${client.link}`);
  return client;
};
const ownersCompanyInDesk = async (): Promise<number> => {
  const { teamwork, desk } = await truthOf(watched.lab.sandbox);
  const id = await owner();
  const name = teamwork.company.find((row) => String(row.id) === id)?.name ?? '';
  return (
    desk.company.find((row) => row.name === name)?.id ?? watched.users.create('desk', 'company', { name })
  );
};

const ways: readonly {
  readonly side: Side;
  readonly where: string;
  readonly to: () => Promise<string>;
  readonly reason: string;
}[] = [
  {
    ...{ side: 'teamwork', where: 'a client that stands alone', reason: 'company_broken' },
    to: async () => String((await aClientAlone('Unlinked Works')).ids.teamwork),
  },
  { side: 'teamwork', where: 'the owner company', reason: 'owner_company_person', to: owner },
  {
    ...{ side: 'desk', where: 'a company that stands alone', reason: 'company_not_linked' },
    to: async () => String(await watched.users.create('desk', 'company', { name: 'Alone Works' })),
  },
  {
    ...{ side: 'desk', where: 'the company that has the owner company’s name', reason: 'company_not_linked' },
    to: async () => String(await ownersCompanyInDesk()),
  },
  // In Teamwork.com everybody is in a company.
  { side: 'desk', where: 'no company', reason: 'no_company', to: () => Promise.resolve('') },
];

test.each(ways)(
  'R25, R1: in $side to $where: suspended, nothing written on either side; back, it goes on',
  async ({ side, to, reason }) => {
    const other = otherSide(side);
    const pair = await somebody();
    const away = await to();
    await watched.edit(pair, side, { company: away });
    await watched.statusBecomes(pair.link, 'suspended', reason);
    await watched.edit(pair, side, { firstName: 'Meanwhile' });
    await watched.edit(pair, other, { lastName: 'There' });
    await watched.isRead(pair, side, { company: away, firstName: 'Meanwhile' });
    await watched.isRead(pair, other, { lastName: 'There' });
    await watched.quiet();
    expect((await linkNow(pair))?.status).toBe('suspended');
    const still = { company: String(first.ids[other]), firstName: 'Mo', lastName: 'There' };
    expect(await watched.users.valuesOf(other, 'customer', pair.ids[other])).toMatchObject(still);
    const moved = { company: away, firstName: 'Meanwhile', lastName: 'Ver' };
    expect(await watched.users.valuesOf(side, 'customer', pair.ids[side])).toMatchObject(moved);

    await watched.edit(pair, side, { company: String(first.ids[side]) });
    for (const on of sides) await watched.has(pair, on, { firstName: 'Meanwhile', lastName: 'There' });
    await watched.statusBecomes(pair.link, 'in_sync');
    for (const on of sides) await watched.has(pair, on, { company: String(first.ids[on]) });
  },
);

test('R25, R31: with its company unlinked by hand a person rests; what explain names brings both back', async () => {
  const client = await watched.aClient('Unlinked By Hand');
  const values = { firstName: 'Mo', lastName: 'Ver', email: next() };
  const pair = await watched.aPerson(client, values);
  await watched.done(`unlink ${client.link}`);
  await watched.done(`retry ${pair.link}`);
  await watched.statusBecomes(pair.link, 'suspended', 'company_broken');
  await watched.edit(pair, 'desk', { firstName: 'Resting' });
  await watched.isRead(pair, 'desk', { firstName: 'Resting' });
  const told = (await watched.cli(`explain ${pair.link} --json`)).json() as {
    matches: readonly { action: string; because: readonly { reason: string }[] }[];
  };
  const [{ action, because } = { action: '', because: [] }] = told.matches;
  expect(because.map(({ reason }) => reason)).toEqual(['company_broken', 'unlinked_by_operator']);
  await watched.done(action.replace('teamwork-desk-sync ', ''));
  await watched.has(pair, 'teamwork', { firstName: 'Resting' });
  await watched.statusBecomes(pair.link, 'in_sync');
});

test('R25: suspended in one company, a person goes on in another that is linked', async () => {
  const pair = await somebody();
  await watched.edit(pair, 'teamwork', { company: await owner() });
  await watched.statusBecomes(pair.link, 'suspended', 'owner_company_person');
  await watched.edit(pair, 'teamwork', { company: String(second.ids.teamwork) });
  await watched.has(pair, 'desk', { company: String(second.ids.desk) });
  await watched.statusBecomes(pair.link, 'in_sync');
});

async function signsInFromNow(pair: Pair): Promise<void> {
  await watched.lab.sandbox.asUser('PUT', `/people/${pair.ids.teamwork}.json`, {
    person: { 'user-type': 'account' },
  });
  await until(async () => {
    const seen = await watched.lab.engine.store.view(site, pair.link);
    return seen?.records.teamwork?.signsIn === true;
  });
  await watched.quiet();
}

describe('R27: a person who signs in', () => {
  test.each([
    ['email', 'login_email_protected'],
    ['company', 'login_company_protected'],
  ] as const)(
    'keeps the %s against Desk: it waits as %s, other fields go on, one action does it',
    async (field, reason) => {
      const pair = await somebody();
      await signsInFromNow(pair);
      const before = await watched.valueOf(pair, 'teamwork', field);
      const edited = { email: next(), company: String(second.ids.desk) }[field];
      const arrives = { email: edited, company: String(second.ids.teamwork) }[field];
      await watched.edit(pair, 'desk', { [field]: edited, lastName: 'Goes-on' });
      await watched.has(pair, 'teamwork', { lastName: 'Goes-on' });
      await until(async () => JSON.stringify((await linkNow(pair))?.notes).includes(reason));
      await until(async () => (await linkNow(pair))?.status === 'in_sync');
      expect(await watched.valueOf(pair, 'teamwork', field)).toBe(before);
      await watched.done(`choose ${pair.link} ${field} desk`);
      await watched.has(pair, 'teamwork', { [field]: arrives });
      await until(async () => !JSON.stringify((await linkNow(pair))?.notes).includes(reason));
    },
  );

  test('login_email_protected ends by itself once both sides say the same', async () => {
    const pair = await somebody();
    await signsInFromNow(pair);
    const email = next();
    await watched.edit(pair, 'desk', { email });
    await until(async () => JSON.stringify((await linkNow(pair))?.notes).includes('login_email_protected'));
    await watched.edit(pair, 'teamwork', { email });
    await until(async () => !JSON.stringify((await linkNow(pair))?.notes).includes('login_email_protected'));
    await until(async () => (await linkNow(pair))?.status === 'in_sync');
  });
});

describe('R22', () => {
  test('the old id back from the trash is shown, nothing happens, and a relink joins it again', async () => {
    const pair = await somebody();
    await watched.remove(pair, 'teamwork');
    await until(async () => (await linkNow(pair))?.phase === 'broken');
    await watched.quiet();
    const since = (await watched.lab.sandbox.calls()).at(-1)?.n ?? 0;
    await watched.lab.sandbox.asUser('PUT', `/trashcan/people/${pair.ids.teamwork}/restore.json`);
    // Restored, a person of a company that is still there stays in it; an edit tells of it once more.
    await watched.edit(pair, 'teamwork', { firstName: 'Returned' });
    await until(async () => {
      const seen = await watched.lab.engine.store.view(site, pair.link);
      return JSON.stringify(seen?.records.teamwork?.fields).includes('Returned');
    });
    await watched.quiet();
    expect((await linkNow(pair))?.phase).toBe('broken');
    const written = (await watched.lab.sandbox.calls(since)).filter(
      ({ method, path, token: by }) => method !== 'GET' && by === token && !path.includes('webhook'),
    );
    expect(written).toEqual([]);
    await watched.done(`relink ${pair.link}`);
    await watched.has(pair, 'desk', { firstName: 'Returned' });
    await watched.statusBecomes(pair.link, 'in_sync');
  });

  test.each(sides)(
    'made again in %s under a new id it is a new record, matched by its email; the tombstone stays',
    async (side) => {
      const other = otherSide(side);
      const email = next();
      const pair = await somebody({ email });
      await watched.remove(pair, side);
      await until(async () => (await linkNow(pair))?.phase === 'broken');
      const again = await watched.users.create(side, 'customer', {
        ...{ firstName: 'Mo', lastName: 'Again', email, company: String(first.ids[side]) },
      });
      const renewed = await watched.paired(side, 'customer', again);
      expect(renewed.ids[other]).toBe(pair.ids[other]);
      expect(renewed.link).not.toBe(pair.link);
      expect((await linkNow(pair))?.phase).toBe('broken');
      // R12: at a first match Teamwork.com's value stands.
      const lastName = side === 'teamwork' ? 'Again' : 'Ver';
      for (const on of sides) await watched.has(renewed, on, { lastName });
    },
  );
});

describe('R17: Desk customers merged', () => {
  const merge = (primary: number, secondary: number) =>
    watched.lab.sandbox.control('POST', 'merge-customers', { primary, secondary });

  test('the survivor that has no link takes over the link, and the journal says so', async () => {
    const pair = await somebody();
    const survivor = await watched.users.create('desk', 'customer', {
      ...{ firstName: 'Sur', lastName: 'Vivor', email: next(), company: String(first.ids.desk) },
    });
    await until(async () => (await watched.linkOf('desk', 'customer', survivor))?.status === 'excluded');
    await merge(survivor, pair.ids.desk);
    await until(async () => (await linkNow(pair))?.ids.desk === String(survivor));
    await watched.statusBecomes(pair.link, 'in_sync');
    expect((await linkNow(pair))?.ids.teamwork).toBe(String(pair.ids.teamwork));
    const told = await watched.lab.engine.reads.timeline(site, pair.link, 50);
    expect(JSON.stringify(told)).toContain(String(survivor));
  });

  test('where the survivor is linked, the secondary’s link breaks as merged and its contact stays', async () => {
    const [kept, gone] = [await somebody(), await somebody()];
    await merge(kept.ids.desk, gone.ids.desk);
    await until(async () => (await linkNow(gone))?.phase === 'broken');
    expect((await linkNow(gone))?.tombstone?.reason).toBe('merged_in_desk');
    await watched.statusBecomes(kept.link, 'in_sync');
    expect(await watched.users.rowOf('teamwork', 'customer', gone.ids.teamwork)).toBeDefined();
    expect(await watched.users.rowOf('teamwork', 'customer', kept.ids.teamwork)).toBeDefined();
  });
});
