/** Desk records that somebody asks for, and customers whom a ticket made, on the whole stack (R5, R6, R9, R12, R22). */
import { exitCode } from '../../src/cli/failures';
import { site } from '../support/lab';
import { truthOf } from '../support/truth';
import { until } from '../support/until';
import { openWatchedLab, type Pair, type WatchedLab } from '../support/watched-lab';

let watched: WatchedLab;
let client: Pair;

beforeAll(async () => {
  watched = await openWatchedLab();
  client = await watched.aClient('Asking Works');
});
afterAll(() => watched.lab.close());

const deskCompany = (name: string, more: object = {}) =>
  watched.users.create('desk', 'company', { name, ...more });
const standsAlone = (id: number) =>
  until(async () => (await watched.linkOf('desk', 'company', id))?.status === 'excluded');
const ticketFrom = async (email: string, name?: string) =>
  (await watched.lab.sandbox.control<{ customerId: number }>('POST', 'tickets', { email, name })).customerId;
const clientsNamed = async (name: string) =>
  (await truthOf(watched.lab.sandbox)).teamwork.company.filter((row) => row.name === name);

const ownersName = async (): Promise<string> => {
  const owner = (await watched.lab.engine.store.site(site))?.ownerCompanyId;
  const { teamwork } = await truthOf(watched.lab.sandbox);
  return teamwork.company.find(({ id }) => String(id) === owner)?.name ?? '';
};

describe('R5: add-as-client', () => {
  test('R14: of a name that a link or the owner company holds, in whatever legal form, is refused, naming it', async () => {
    const held = await watched.aClient('Held Works GmbH');
    const own = await ownersName();
    const owner = (await watched.lab.engine.store.site(site))?.ownerCompanyId ?? '';
    for (const [name, holder] of [
      ['Held Works AG', `teamwork:${held.ids.teamwork}, link ${held.link}`],
      [`${own} AG`, `teamwork:${owner}`],
    ] as const) {
      const told = expect.stringContaining(holder) as string;
      expect(await watched.cli(`company create --name "${name}" --add-as-client`)).toMatchObject({
        ...{ code: exitCode.no, err: told },
      });
      const id = await deskCompany(name);
      await standsAlone(id);
      expect(await watched.cli(`add-as-client ${id}`)).toMatchObject({ code: exitCode.no, err: told });
      await watched.quiet();
      expect((await watched.linkOf('desk', 'company', id))?.reason).toBe('not_asked');
      expect(await clientsNamed(name)).toEqual([]);
    }
    // The user’s way out: a name that tells the two apart.
    const id = await deskCompany('Held Works Berlin AG');
    await standsAlone(id);
    await watched.done(`add-as-client ${id}`);
    await watched.paired('desk', 'company', id);
  });

  test('R22: made again in Desk after a deletion it stands alone until asked for, then joins the client that is left', async () => {
    const pair = await watched.aClient('Made Again Works');
    await watched.remove(pair, 'desk');
    await watched.statusBecomes(pair.link, 'broken', 'deleted_in_desk');
    const again = await deskCompany('Made Again Works Ltd');
    await standsAlone(again);
    await watched.quiet();
    expect((await watched.linkOf('desk', 'company', again))?.reason).toBe('not_asked');
    await watched.done(`add-as-client ${again}`);
    const renewed = await watched.paired('desk', 'company', again);
    expect(renewed.ids.teamwork).toBe(pair.ids.teamwork);
    expect((await clientsNamed('Made Again Works Ltd')).length).toBe(1);
    expect(await clientsNamed('Made Again Works')).toEqual([]);
  });

  test('R22: made again in Teamwork.com after a deletion it is a question; answered, it joins the company that is left', async () => {
    const pair = await watched.aClient('Client Again Works');
    await watched.remove(pair, 'teamwork');
    await watched.statusBecomes(pair.link, 'broken', 'deleted_in_teamwork');
    const again = await watched.users.create('teamwork', 'company', { name: 'Client Again Works' });
    await until(async () => (await watched.linkOf('teamwork', 'company', again))?.status === 'question');
    expect((await watched.linkOf('teamwork', 'company', again))?.reason).toBe('made_after_break');
    await watched.done(`answer teamwork:${again} same`);
    const renewed = await watched.paired('teamwork', 'company', again);
    expect(renewed.ids.desk).toBe(pair.ids.desk);
    const { desk } = await truthOf(watched.lab.sandbox);
    expect(desk.company.filter(({ name }) => name === 'Client Again Works')).toHaveLength(1);
  });

  test('R22: of a name that a tombstone has is joined again, and no second client is made', async () => {
    const pair = await watched.aClient('Tombstone Works');
    await watched.done(`unlink ${pair.link}`);
    await watched.quiet();
    await watched.done(`add-as-client ${pair.ids.desk}`);
    await until(async () => {
      const link = await watched.linkOf('desk', 'company', pair.ids.desk);
      return link?.phase === 'active' && link.ids.teamwork === String(pair.ids.teamwork);
    });
    expect(await clientsNamed('Tombstone Works')).toHaveLength(1);
  });

  test('R12: the first match that it makes takes Desk’s values', async () => {
    await watched.done('pause company');
    const website = { teamwork: 'https://there.example', desk: 'https://here.example' };
    const alone = await watched.users.create('teamwork', 'company', {
      ...{ name: 'First Match Works', website: website.teamwork },
    });
    const id = await deskCompany('First Match Works', { website: website.desk });
    await until(async () => (await watched.linkOf('desk', 'company', id)) !== null);
    await until(async () => (await watched.linkOf('teamwork', 'company', alone)) !== null);
    await watched.cli(`add-as-client ${id}`);
    await watched.done('resume company');
    const pair = await watched.paired('desk', 'company', id);
    expect(pair.ids.teamwork).toBe(alone);
    await watched.has(pair, 'teamwork', { website: website.desk });
    expect(await watched.valueOf(pair, 'desk', 'website')).toBe(website.desk);
  });
});

test('R5: Desk’s own box checked on a company that is there brings it and its customers', async () => {
  const id = await deskCompany('Checked Later Works');
  const customer = await watched.users.create('desk', 'customer', {
    ...{ firstName: 'Che', lastName: 'Cked', email: 'che@checked.example', company: String(id) },
  });
  await standsAlone(id);
  await watched.lab.sandbox.asUser('PATCH', `/desk/api/v2/companies/${id}.json`, {
    company: { name: 'Checked Later Works' },
    createInProjects: true,
  });
  const pair = await watched.paired('desk', 'company', id);
  expect(await clientsNamed('Checked Later Works')).toMatchObject([{ id: pair.ids.teamwork }]);
  const person = await watched.paired('desk', 'customer', customer);
  expect(await watched.valueOf(person, 'teamwork', 'company')).toBe(String(pair.ids.teamwork));
});

describe('a customer from a ticket', () => {
  test('R6: whose email is that of a linked client’s person is linked and joins its company', async () => {
    await watched.done('pause customer');
    const person = await watched.users.create('teamwork', 'customer', {
      ...{
        firstName: 'Tic',
        lastName: 'Ket',
        email: 'tic@ticket.example',
        company: String(client.ids.teamwork),
      },
    });
    const customer = await ticketFrom('tic@ticket.example');
    await until(async () => (await watched.linkOf('desk', 'customer', customer)) !== null);
    await watched.done('resume customer');
    const pair = await watched.paired('teamwork', 'customer', person);
    expect(pair.ids.desk).toBe(customer);
    await watched.has(pair, 'desk', { company: String(client.ids.desk), firstName: 'Tic', lastName: 'Ket' });
  });

  test('R9: without a name it stays out, with the reason; named, it comes over once somebody asks', async () => {
    const customer = await ticketFrom('nameless@ticket.example');
    await watched.users.edit('desk', 'customer', customer, {
      company: String(client.ids.desk),
      firstName: '',
      lastName: '',
    });
    await until(async () =>
      ((await watched.linkOf('desk', 'customer', customer))?.reason ?? '').startsWith('missing_'),
    );
    await watched.users.edit('desk', 'customer', customer, { firstName: 'Now', lastName: 'Named' });
    await until(
      async () => (await watched.linkOf('desk', 'customer', customer))?.reason === 'automatic_creation_off',
    );
    await watched.done(`create-contact ${customer}`);
    const pair = await watched.paired('desk', 'customer', customer);
    await watched.has(pair, 'teamwork', {
      firstName: 'Now',
      lastName: 'Named',
      company: String(client.ids.teamwork),
    });
  });
});

test('verify --strict counts what is explained, and says so with its exit code', async () => {
  await standsAlone(await deskCompany('Explained Works'));
  await watched.quiet();
  const [plain, strict] = [await watched.cli('verify --json'), await watched.cli('verify --strict --json')];
  expect(plain.code).toBe(exitCode.fine);
  expect((plain.json() as { explained: object[] }).explained.length).toBeGreaterThan(0);
  expect(strict.code).toBe(exitCode.no);
  expect((await watched.lab.engine.store.site(site))?.frozen).toBeNull();
});
