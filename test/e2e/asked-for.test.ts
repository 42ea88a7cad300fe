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

describe('R5: add-as-client', () => {
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
