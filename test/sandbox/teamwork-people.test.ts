/** People of Teamwork.com: what v1 writes and refuses. */
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
const put = (id: string, person: object) => sandbox.call('PUT', `/people/${id}.json`, { person });
async function made(person: object = contact()): Promise<string> {
  const answer = await create(person);
  if (answer.status !== 201) throw new Error(answer.text);
  return (answer.body as { id: string }).id;
}
const v3 = async (id: string) =>
  ((await sandbox.get(`/projects/api/v3/people/${id}.json`)).body as { person: object }).person;
describe('creating', () => {
  test('answers 201, the id as text, and the person when asked for', async () => {
    const answer = await create(contact({ getUserDetails: true }));
    const id = answer.headers.get('id');
    expect(answer).toMatchObject({
      status: 201,
      body: { STATUS: 'OK', id, user: { id, firstName: 'Ana', lastName: 'Silva' } },
    });
  });

  test('without type and company: a paid seat in the caller’s own company', async () => {
    const id = await made({
      'first-name': 'Ana',
      'last-name': 'Silva',
      'email-address': 'ana@umber.example',
    });
    const owner = sandbox.ctx.world.tables.teamworkCompanies.by('owner', 'owner')[0]?.id;
    expect(await v3(id)).toMatchObject({ type: 'account', companyId: owner, isClientUser: false });
  });

  test('a wrong key is ignored without a word: company_id files the person under the owner', async () => {
    const { 'company-id': _gone, ...rest } = contact();
    const owner = sandbox.ctx.world.tables.teamworkCompanies.by('owner', 'owner')[0]?.id;
    expect(await v3(await made({ ...rest, company_id: companyId }))).toMatchObject({ companyId: owner });
  });

  test('an account in a client company is a client user', async () => {
    expect(await v3(await made(contact({ 'user-type': 'account' })))).toMatchObject({ isClientUser: true });
  });

  test.each([
    ['no root object', {}],
    ['unreadable JSON', '{"person":{'],
    ['no first name', { person: { 'first-name': '' } }],
    ['no last name', { person: { 'last-name': ' ' } }],
    ['no email', { person: { 'email-address': '' } }],
    ['a malformed email', { person: { 'email-address': 'ana at umber' } }],
    ['an unknown company', { person: { 'company-id': 1 } }],
    ['an unknown type', { person: { 'user-type': 'guest' } }],
    ['a reference to no file', { person: { avatarPendingFileRef: 'tf_none' } }],
  ])('with %s is 422', async (_name, body) => {
    const whole = typeof body === 'object' && 'person' in body ? { person: contact(body.person) } : body;
    expect(await sandbox.post('/people.json', whole)).toMatchObject({
      status: 422,
      body: { STATUS: 'Error', MESSAGE: expect.any(String) as string },
    });
  });

  test('an email serves once in the installation, whatever its case, company or kind', async () => {
    await made();
    expect(
      (await create(contact({ 'email-address': 'ANA@umber.example', 'user-type': 'account' }))).status,
    ).toBe(422);
    const other = await made(contact({ 'email-address': 'bea@umber.example' }));
    expect((await put(other, { 'email-address': 'Ana@Umber.example' })).status).toBe(422);
    expect((await put(other, { 'email-address': 'Bea@Umber.example' })).status).toBe(200);
    expect(await v3(other)).toMatchObject({ email: 'Bea@Umber.example' });
  });
});

describe('changing', () => {
  test('is partial, moves updatedAt and the changer', async () => {
    const id = await made(
      contact({ title: 'Buyer', 'email-alt-1': 'ana@home.example', userLinkedin: 'in/ana' }),
    );
    clock.forward(3);
    await sandbox.call(
      'PUT',
      `/people/${id}.json`,
      { person: { 'last-name': 'Costa' } },
      { token: 'token-b' },
    );
    const changer = sandbox.ctx.world.tables.tokenUsers.get(2)?.teamworkUserId;
    expect(await v3(id)).toMatchObject({
      firstName: 'Ana',
      lastName: 'Costa',
      title: 'Buyer',
      updatedAt: clock.now,
      updatedBy: { id: changer, type: 'users' },
    });
    expect((await sandbox.get(`/projects/api/v2/people/${id}.json?fullprofile=true`)).body).toMatchObject({
      person: { emailAlt1: 'ana@home.example', social: { linkedin: 'in/ana' } },
    });
  });

  test('a person moves to another company by its id, as number or text', async () => {
    const id = await made();
    const other = await company('Xenon Travel');
    expect((await put(id, { 'company-id': String(other) })).body).toEqual({ STATUS: 'OK', id });
    expect(await v3(id)).toMatchObject({ company: { id: other, type: 'companies' } });
    expect((await put(id, { 'company-id': 1 })).status).toBe(422);
  });

  test('an unknown person is 404', async () => {
    expect((await put('999', { title: 'x' })).status).toBe(404);
    expect((await sandbox.get('/people/999.json')).status).toBe(404);
    expect((await sandbox.get('/projects/api/v3/people/999.json')).status).toBe(404);
    expect((await sandbox.get('/projects/api/v2/people/999')).status).toBe(404);
  });
});

test.each([
  ['NUL', 'Ana\u0000'],
  ['half a surrogate pair', 'Ana\ud83d'],
  ['bidi override', 'Ana\u202eavliS'],
  ['emoji with joiners', '👩‍👩‍👧‍👦'],
  ['a combining flood', 'Z' + '\u0323'.repeat(500)],
  ['a megabyte', 'a'.repeat(1_000_000)],
  ['a key of the prototype', '__proto__'],
])('a name with %s is kept and read back the same each time', async (_name, name) => {
  const id = await made(contact({ 'last-name': name, __proto__: { polluted: 1 }, constructor: 'x' }));
  const read = (await v3(id)) as { lastName: string };
  expect(read.lastName).toBe(name.replace(/[\ud800-\udbff](?![\udc00-\udfff])/g, '\ufffd'));
  expect(await v3(id)).toEqual(read);
});
