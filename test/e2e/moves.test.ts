/** People who move, come back, are merged or sign in, on the whole stack (R17, R22, R25, R27). */
import { otherSide, sides } from '../../src/domain/record';
import { site, token } from '../support/lab';
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

async function restsAndComesBack(pair: Pair, away: () => Promise<void>, reason: string): Promise<void> {
  await away();
  await watched.statusBecomes(pair.link, 'suspended', reason);
  await watched.edit(pair, 'desk', { firstName: 'Meanwhile' });
  await watched.quiet();
  expect(await watched.valueOf(pair, 'teamwork', 'company')).toBe(String(first.ids.teamwork));
  expect(await watched.valueOf(pair, 'teamwork', 'firstName')).toBe('Mo');
  await watched.edit(pair, 'desk', { company: String(first.ids.desk) });
  await watched.has(pair, 'teamwork', { firstName: 'Meanwhile' });
  await watched.statusBecomes(pair.link, 'in_sync');
}

test('R25: in Desk to a company that stands alone: suspended, nothing written; back, it goes on', async () => {
  const alone = await watched.users.create('desk', 'company', { name: 'Alone Works' });
  const pair = await somebody();
  const away = () => watched.edit(pair, 'desk', { company: String(alone) });
  await restsAndComesBack(pair, away, 'company_not_linked');
});

test('R25: in Desk to no company: suspended, nothing written; back, it goes on', async () => {
  const pair = await somebody();
  await restsAndComesBack(pair, () => watched.edit(pair, 'desk', { company: '' }), 'no_company');
});

test('R25, R1: in Teamwork.com to the owner company: suspended; back, it goes on', async () => {
  const pair = await somebody();
  await watched.edit(pair, 'teamwork', { company: await owner(), firstName: 'Staff' });
  await watched.statusBecomes(pair.link, 'suspended', 'owner_company_person');
  await watched.quiet();
  expect(await watched.valueOf(pair, 'desk', 'firstName')).toBe('Mo');
  expect(await watched.valueOf(pair, 'desk', 'company')).toBe(String(first.ids.desk));
  await watched.edit(pair, 'teamwork', { company: String(second.ids.teamwork) });
  await watched.has(pair, 'desk', { company: String(second.ids.desk), firstName: 'Staff' });
});

describe('R27: a person who signs in', () => {
  test.each([
    ['email', 'login_email_protected'],
    ['company', 'login_company_protected'],
  ] as const)(
    'keeps the %s against Desk: it waits as %s, other fields go on, one action does it',
    async (field, reason) => {
      const pair = await somebody();
      await watched.lab.sandbox.asUser('PUT', `/people/${pair.ids.teamwork}.json`, {
        person: { 'user-type': 'account' },
      });
      await watched.quiet();
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
    await watched.lab.sandbox.asUser('PUT', `/people/${pair.ids.teamwork}.json`, {
      person: { 'user-type': 'account' },
    });
    await watched.quiet();
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

  test('made again in Teamwork.com under a new id it is a new record, matched by its email; the tombstone stays', async () => {
    const email = next();
    const pair = await somebody({ email });
    await watched.remove(pair, 'teamwork');
    await until(async () => (await linkNow(pair))?.phase === 'broken');
    const again = await watched.users.create('teamwork', 'customer', {
      ...{ firstName: 'Mo', lastName: 'Again', email, company: String(first.ids.teamwork) },
    });
    const renewed = await watched.paired('teamwork', 'customer', again);
    expect(renewed.ids.desk).toBe(pair.ids.desk);
    expect(renewed.link).not.toBe(pair.link);
    expect((await linkNow(pair))?.phase).toBe('broken');
    await watched.has(renewed, 'desk', { lastName: 'Again' });
  });
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
