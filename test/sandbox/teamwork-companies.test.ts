/** Companies of Teamwork.com: v3, with the codes, keys and quirks that a real client will notice. */
import { HandClock } from '../support/desk-over-http';
import type { OpenSandbox } from '../support/sandbox-over-http';
import { openSandbox } from '../support/sandbox-over-http';

const V3 = '/projects/api/v3/companies';
let sandbox: OpenSandbox;
const clock = new HandClock();
beforeAll(async () => {
  sandbox = await openSandbox({ clock });
});
afterAll(() => sandbox.close());
beforeEach(() => {
  sandbox.ctx.reset({ seed: 1, companies: 0, people: 0, scenario: 'empty-desk' });
});

const create = (company: object) => sandbox.post(`${V3}.json`, { company });
const patch = (id: number, company: object) => sandbox.call('PATCH', `${V3}/${id}.json`, { company });
async function made(name: string, rest: object = {}): Promise<number> {
  return ((await create({ name, ...rest })).body as { company: { id: number } }).company.id;
}
describe('v3', () => {
  test('create answers 201 with every key of the live record', async () => {
    const { status, body } = await create({
      name: 'Umber Pharma',
      countrycode: 'IE',
      emailOne: 'a@umber.example',
    });
    expect(status).toBe(201);
    expect(body).toEqual({
      company: {
        id: expect.any(Number) as number,
        name: 'Umber Pharma',
        logoUrl: '',
        createdAt: clock.now,
        updatedAt: null,
        addressOne: '',
        addressTwo: '',
        city: '',
        state: '',
        zip: '',
        countryCode: 'IE',
        emailOne: 'a@umber.example',
        emailTwo: '',
        emailThree: '',
        website: '',
        cid: '',
        phone: '',
        fax: '',
        canSeePrivate: false,
        isOwner: false,
        industryId: null,
        industry: null,
        companyNameUrl: expect.stringMatching(/^\d+-umber-pharma$/) as string,
        accounts: 0,
        collaborators: 0,
        contacts: 0,
        clients: 0,
        clientManagedBy: null,
        companyUpdate: null,
        companyDomains: [],
        tags: [],
        status: 'active',
        currency: null,
      },
      included: {},
    });
  });

  test('a patch is partial, ignores a null name, a null manager and unknown keys, and moves updatedAt', async () => {
    const id = await made('Umber Pharma', { website: 'umber.example', phone: '1' });
    clock.forward(5);
    const answer = await patch(id, {
      name: null,
      clientManagedBy: null,
      website: '',
      countryCode: 'DE',
      profile: 'Hi',
    });
    expect(answer.status).toBe(200);
    const read = await sandbox.get(`${V3}/${id}.json?fullProfile=true`);
    expect(read.body).toMatchObject({
      company: {
        name: 'Umber Pharma',
        website: '',
        phone: '1',
        countryCode: '',
        profileText: 'Hi',
        updatedAt: clock.now,
      },
    });
  });

  test('the answer to a patch carries fractions of a second, a read whole ones', async () => {
    const id = await made('Umber Pharma');
    expect((await patch(id, { cid: '1' })).text).toMatch(/"updatedAt":"[^"]+\.\d{8}Z"/);
    expect((await sandbox.get(`${V3}/${id}.json`)).text).toMatch(/"updatedAt":"[^".]+Z"/);
  });

  test('industryCatId and clientManagedBy read back as relations, with their users included', async () => {
    const manager = sandbox.ctx.world.tables.tokenUsers.get(1)?.teamworkUserId ?? 0;
    const id = await made('Umber Pharma', { industryCatId: 3, clientManagedBy: manager });
    expect((await sandbox.get(`${V3}/${id}.json?include=clientmanagedby`)).body).toMatchObject({
      company: {
        industryId: 3,
        industry: { id: 3, type: 'industries' },
        clientManagedBy: { id: manager, type: 'users' },
      },
      included: { users: { [manager]: { id: manager, isAdmin: true } } },
    });
  });

  test.each([
    ['no root object', {}, 400],
    ['unreadable JSON', '{"company":', 400],
    ['no name', { company: {} }, 400],
    ['a blank name', { company: { name: '  ' } }, 400],
    ['a name that is no text', { company: { name: 7 } }, 400],
    ['the name of another, in another case', { company: { name: ' UMBER pharma ' } }, 409],
    ['the name of the owner company', { company: { name: 'harbourlight agency' } }, 409],
    ['a manager that nobody is', { company: { name: 'New', clientManagedBy: 1 } }, 400],
  ])('create with %s is refused', async (_name, body, status) => {
    await made('Umber Pharma');
    const answer = await sandbox.post(`${V3}.json`, body);
    expect(answer.status).toBe(status);
    expect(answer.body).toEqual({
      errors: [
        {
          id: expect.any(String) as string,
          title: expect.any(String) as string,
          detail: expect.any(String) as string,
        },
      ],
    });
  });

  test('renaming: to another company’s name is a conflict, to its own in another case is fine', async () => {
    const id = await made('Umber Pharma');
    await made('Xenon Travel');
    expect((await patch(id, { name: 'xenon travel' })).status).toBe(409);
    expect((await patch(id, { name: 'UMBER PHARMA' })).status).toBe(200);
  });

  test('delete answers 204 without a body, once; the name is free again', async () => {
    const id = await made('Umber Pharma');
    const answer = await sandbox.call('DELETE', `${V3}/${id}.json`);
    expect([answer.status, answer.text]).toEqual([204, '']);
    const again = await sandbox.call('DELETE', `${V3}/${id}.json`);
    expect(again.status).toBe(404);
    expect(again.body).toMatchObject({
      errors: [{ title: 'invalid payload', detail: 'company not found', meta: { companyId: id } }],
    });
    expect(await made('Umber Pharma')).not.toBe(id);
  });

  test('a deleted company reads as 404, or as 200 with its status under the switch', async () => {
    const id = await made('Umber Pharma');
    await sandbox.call('DELETE', `${V3}/${id}.json`);
    expect((await sandbox.get(`${V3}/${id}.json`)).status).toBe(404);
    await sandbox.control('/switches', { deletedRead: 200 });
    expect((await sandbox.get(`${V3}/${id}.json`)).body).toMatchObject({
      company: { id, status: 'deleted' },
    });
  });

  test('the owner company cannot be deleted', async () => {
    const owner = sandbox.ctx.world.tables.teamworkCompanies.by('owner', 'owner')[0]?.id ?? 0;
    expect((await sandbox.call('DELETE', `${V3}/${owner}.json`)).status).toBe(403);
  });

  test('an unknown path is 404 with a message', async () => {
    expect(await sandbox.get('/projects/api/v3/bogus.json')).toMatchObject({
      status: 404,
      body: { message: 'Not Found' },
    });
  });
});
