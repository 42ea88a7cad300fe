/** People of Teamwork.com: rich reads of v1, full profiles of v2, lists of v3, the trash, the cascade. */
import { HandClock } from '../support/desk-over-http';
import type { OpenSandbox } from '../support/sandbox-over-http';
import { openSandbox } from '../support/sandbox-over-http';

let sandbox: OpenSandbox;
let companyId = 0;
const clock = new HandClock();
beforeAll(async () => {
  sandbox = await openSandbox({ clock });
});
afterAll(() => sandbox.close());
beforeEach(async () => {
  sandbox.ctx.reset({ seed: 1, companies: 0, people: 0, scenario: 'empty-desk' });
  companyId = await company('Umber Pharma');
});

async function company(name: string): Promise<number> {
  const { body } = await sandbox.post('/projects/api/v3/companies.json', { company: { name } });
  return (body as { company: { id: number } }).company.id;
}
const contact = (rest: object = {}) => ({
  'first-name': 'Ana',
  'last-name': 'Silva',
  'email-address': 'ana@umber.example',
  'user-type': 'contact',
  'company-id': companyId,
  ...rest,
});
const create = (person: object) => sandbox.post('/people.json', { person });
async function made(person: object = contact()): Promise<string> {
  const answer = await create(person);
  if (answer.status !== 201) throw new Error(answer.text);
  return (answer.body as { id: string }).id;
}
const v3 = async (id: string) =>
  ((await sandbox.get(`/projects/api/v3/people/${id}.json`)).body as { person: object }).person;
async function emails(path: string): Promise<string[]> {
  return [...(await sandbox.get(path)).text.matchAll(/"email(?:-a|A)?(?:ddress)?":"([^"]+)"/g)].map(
    ([, email]) => email ?? '',
  );
}

describe('reading', () => {
  test('v1: text ids, alternative emails, Twitter; two spellings of in-owner-company', async () => {
    const id = await made(
      contact({ 'email-alt-2': 'ana@home.example', userTwitterName: 'ana', userFacebook: 'fb/ana' }),
    );
    const shown = {
      id,
      'company-id': String(companyId),
      'email-alt-2': 'ana@home.example',
      twitter: 'ana',
      'last-changed-on': '',
    };
    const one = await sandbox.get(`/people/${id}.json`);
    expect(one.body).toMatchObject({ STATUS: 'OK', person: { ...shown, 'in-owner-company': '0' } });
    expect(one.text).not.toContain('fb/ana');
    const list = await sandbox.get('/people.json?emailaddress=ANA@umber.example');
    expect(list.body).toMatchObject({
      people: [{ ...shown, 'in-owner-company': false, 'full-name': 'Ana Silva' }],
    });
    expect(list.headers.get('x-records')).toBe('1');
    expect((await sandbox.get(`/companies/${companyId}/people.json`)).body).toMatchObject({
      people: [{ id }],
    });
  });

  test('v2: social links only with fullprofile, contacts only when asked for', async () => {
    await made(contact({ userFacebook: 'fb/ana' }));
    expect(await emails('/projects/api/v2/people.json')).not.toContain('ana@umber.example');
    const path = '/projects/api/v2/people?includeContacts=true&emailAddress=ana@umber.example';
    expect((await sandbox.get(path)).text).not.toContain('fb/ana');
    expect((await sandbox.get(`${path}&fullprofile=true`)).body).toMatchObject({
      people: [{ emailAddress: 'ana@umber.example', companyId, social: { facebook: 'fb/ana', twitter: '' } }],
    });
  });

  test('v3: every key, null where unknown, no alternative emails', async () => {
    const person = await v3(await made(contact({ 'email-alt-1': 'ana@home.example' })));
    expect(person).toMatchObject({
      userCost: null,
      updatedAt: null,
      deleted: false,
      lengthOfDay: 8,
      skills: [],
    });
    expect(JSON.stringify(person)).not.toContain('home.example');
  });

  test('v3 list: company included, sparse fields, types, service accounts only when asked for', async () => {
    await made();
    await made(contact({ 'email-address': 'bea@umber.example', 'user-type': 'collaborator' }));
    const list = await sandbox.get(
      `/projects/api/v3/people.json?companyIds=${companyId}&include=companies&fields[people]=id,email&orderBy=id`,
    );
    expect(list.body).toMatchObject({
      people: [{ email: 'ana@umber.example' }, { email: 'bea@umber.example' }],
      meta: { page: { count: 2, hasMore: false } },
      included: { companies: { [companyId]: { name: 'Umber Pharma' } } },
    });
    const some = async (query: string) => await emails(`/projects/api/v3/people.json?${query}`);
    expect(await some(`companyIds=${companyId}&userType=contact`)).toEqual(['ana@umber.example']);
    expect(await some(`companyIds=${companyId}&excludeContacts=true`)).toEqual(['bea@umber.example']);
    expect(await some('searchTerm=bea silva')).toEqual(['bea@umber.example']);
    expect(await some('')).not.toContain('reporting@harbourlight.example');
    expect(await some('includeServiceAccounts=true')).toContain('reporting@harbourlight.example');
  });

  test('fields[person] thins one person, fields[people] does not', async () => {
    const path = `/projects/api/v3/people/${await made()}.json`;
    expect((await sandbox.get(`${path}?fields[person]=id,email`)).body).toMatchObject({
      person: { id: expect.any(Number) as number, email: 'ana@umber.example' },
    });
    expect((await sandbox.get(`${path}?fields[person]=id`)).text).not.toContain('email');
    expect((await sandbox.get(`${path}?fields[people]=id`)).text).toContain('email');
  });

  test('v1 sizes pages at 100 and at most 250', async () => {
    sandbox.ctx.reset({ seed: 1, companies: 5, people: 300, scenario: 'empty-desk' });
    const size = async (query: string) =>
      ((await sandbox.get(`/people.json?${query}`)).body as { people: unknown[] }).people.length;
    expect(await size('')).toBe(100);
    expect(await size('pageSize=1000')).toBe(250);
  });
});

describe('the trash', () => {
  test.each([
    ['v1', '/people/', 200, '{"STATUS":"OK"}'],
    ['v3', '/projects/api/v3/people/', 204, ''],
  ])('%s: deleted, listed, restored under the same id', async (_version, path, status, text) => {
    const id = await made();
    expect(await sandbox.call('DELETE', `${path}${id}.json`)).toMatchObject({ status, text });
    expect((await sandbox.call('DELETE', `${path}${id}.json`)).status).toBe(404);
    const trashed = (await sandbox.get('/people/deleted.json')).body as { people: { id: string }[] };
    expect(trashed.people.find((person) => person.id === id)).toMatchObject({
      emailAddress: 'ana@umber.example',
      companyName: 'Umber Pharma',
      deletedDateTime: clock.now,
    });
    expect(await emails('/projects/api/v3/people.json')).not.toContain('ana@umber.example');
    expect(await emails('/projects/api/v3/people.json?showDeleted=true')).toContain('ana@umber.example');
    expect((await sandbox.call('PUT', `/trashcan/people/${id}/restore.json`)).body).toEqual({ STATUS: 'OK' });
    expect(await v3(id)).toMatchObject({ deleted: false, companyId });
    expect((await sandbox.call('PUT', `/trashcan/people/${id}/restore.json`)).status).toBe(404);
  });

  test('a trashed person’s email is free, unless the switch keeps it taken', async () => {
    const id = await made();
    await sandbox.call('DELETE', `/people/${id}.json`);
    await sandbox.control('/switches', { trashedEmailReusable: false });
    expect((await create(contact())).status).toBe(422);
    await sandbox.control('/switches', { trashedEmailReusable: true });
    expect((await create(contact())).status).toBe(201);
    expect((await sandbox.call('PUT', `/trashcan/people/${id}/restore.json`)).status).toBe(422);
  });

  test('a company takes its people with it; one restored later comes back in the owner company', async () => {
    const id = await made();
    await sandbox.call('DELETE', `/projects/api/v3/companies/${companyId}.json`);
    expect((await sandbox.get(`/people/${id}.json`)).status).toBe(404);
    const truth = (await sandbox.control('/truth')).body as { changes: unknown[] };
    expect(truth.changes).toContainEqual(
      expect.objectContaining({
        kind: 'people',
        id: Number(id),
        what: 'deleted',
        cause: 'company deleted',
        token: 'token-a',
      }),
    );
    await sandbox.call('PUT', `/trashcan/people/${id}/restore.json`);
    expect(await v3(id)).toMatchObject({
      deleted: false,
      companyId: sandbox.ctx.world.tables.teamworkCompanies.by('owner', 'owner')[0]?.id,
    });
  });
});
