import { fieldsOf, kinds } from '../../src/domain/record';
import {
  client,
  failureOf,
  json,
  openSandbox,
  recordingPermit,
  serve,
  token,
  type OpenSandbox,
} from './over-http';

describe('the Teamwork.com client against the sandbox', () => {
  let sandbox: OpenSandbox;
  beforeAll(async () => {
    sandbox = await openSandbox();
  });
  afterAll(() => sandbox.close());
  const permit = recordingPermit();
  const tables = () => sandbox.ctx.world.tables;
  const api = () => sandbox.teamwork;

  async function newCompany(name: string): Promise<string> {
    return (await api().create(permit, 'company', { name })).id;
  }
  const contact = (company: string, email: string) => ({ firstName: 'Ann', lastName: 'Ba', email, company });
  const callsSince = (n: number) => sandbox.ctx.calls.since(n);
  const lastCall = () => sandbox.ctx.calls.since(0).at(-1)?.n ?? 0;

  test('the account: its user, the owner company, and that it may write', async () => {
    const owner = tables().teamworkCompanies.by('owner', 'owner')[0];
    expect(await api().account(permit)).toMatchObject({ ownerCompanyId: String(owner?.id), mayWrite: true });
  });
  test.each([
    [
      { companyId: 3, inOwnerCompany: true, isAdmin: false, siteOwner: false },
      { ownerCompanyId: '3', mayWrite: false },
    ],
    [
      { company: { id: 3 }, inOwnerCompany: true, siteOwner: true },
      { ownerCompanyId: '3', mayWrite: true },
    ],
    [
      { companyId: 3, inOwnerCompany: false, isAdmin: true },
      { ownerCompanyId: null, mayWrite: true },
    ],
    [{ companyId: 3 }, { ownerCompanyId: null, mayWrite: false }],
  ])('the account behind %j', async (person, account) => {
    const server = await serve(json({ person: { id: 7, ...person } }));
    const told = await client('teamwork', server.url, null).account(permit);
    await server.close();
    expect(told).toEqual({ userId: '7', ...account });
  });
  test('a credential without rights is forbidden to write, a revoked one is refused', async () => {
    const role = (name: string) => sandbox.control('token', { token, role: name });
    await role('member');
    expect((await failureOf(api().create(permit, 'company', { name: 'No' }))).kind).toBe('forbidden');
    await role('none');
    expect((await failureOf(api().account(permit))).kind).toBe('auth');
    await role('admin');
  });
  test('listings hold everybody, the owner company and its people marked as such (R1)', async () => {
    const companies = await api().list(permit, 'company', null);
    const people = await api().list(permit, 'customer', null);
    const live = [...tables().teamworkPeople.all()].filter((row) => !row.deleted && !row.isPlaceholder);
    expect([people.observations.length, people.total, people.next]).toEqual([live.length, live.length, null]);
    expect(companies.observations.filter(({ scope }) => scope === 'owner')).toHaveLength(1);
    const staff = live.filter((row) => tables().teamworkCompanies.get(row.companyId)?.isOwner);
    const marked = people.observations.filter(({ scope }) => scope !== 'client');
    expect(marked.map(({ id }) => Number(id)).sort()).toEqual(staff.map(({ id }) => id).sort());
  });
  test.each(kinds)('one listing and one read of a %s cover every field (R8)', async (kind) => {
    const page = await api().list(permit, kind, null);
    const id = page.observations.find(({ scope }) => scope === 'client')?.id ?? '';
    for (const seen of [...page.observations, await api().read(permit, kind, id)]) {
      expect(Object.keys(seen.fields).sort()).toEqual([...fieldsOf[kind]].sort());
    }
  });
  test('many people come in pages of 250, in one call each', async () => {
    const many = await openSandbox({ companies: 4, people: 300 });
    const first = await many.teamwork.list(permit, 'customer', null);
    const second = await many.teamwork.list(permit, 'customer', first.next);
    const calls = many.ctx.calls.since(0).length;
    await many.close();
    expect([first.observations.length, second.next, calls]).toEqual([250, null, 2]);
    const ids = [...first.observations, ...second.observations].map(({ id }) => id);
    expect(new Set(ids).size).toBe(first.total);
  });

  test('a company is written and answered whole, with only the fields given (R10) and its domains (R14)', async () => {
    const made = await api().create(permit, 'company', {
      name: 'Wölfe & Söhne',
      website: 'wolf.test',
      email: 'a@wolfpost.test',
    });
    expect(made.observation).toMatchObject({
      id: made.id,
      fields: { name: 'Wölfe & Söhne', website: 'wolf.test', email: 'a@wolfpost.test' },
      scope: 'client',
      domains: ['wolf.test', 'wolfpost.test'],
    });
    const changed = await api().update(permit, 'company', made.id, { website: '' });
    expect(changed.observation?.fields).toEqual({
      name: 'Wölfe & Söhne',
      website: '',
      email: 'a@wolfpost.test',
    });
  });
  test('a company name in use is a conflict, on creating and on renaming', async () => {
    const id = await newCompany('Taken Ltd');
    const other = await newCompany('Other Ltd');
    expect((await failureOf(api().create(permit, 'company', { name: 'Taken Ltd' }))).kind).toBe('conflict');
    expect((await failureOf(api().update(permit, 'company', other, { name: 'taken ltd' }))).kind).toBe(
      'conflict',
    );
    expect((await api().update(permit, 'company', id, { name: 'Taken Ltd' })).id).toBe(id);
  });
  test('a nameless company is invalid', async () => {
    expect((await failureOf(api().create(permit, 'company', { name: '' }))).kind).toBe('invalid');
  });
  test('companies are found by parts of their name, for the caller to compare', async () => {
    const id = await newCompany('Köln & Partner');
    const found = await api().find(permit, 'company', 'köln & partner');
    expect(found.map((seen) => [seen.id, seen.fields.name])).toEqual([[id, 'Köln & Partner']]);
    expect(await api().find(permit, 'company', 'Nobody Has This Name')).toEqual([]);
  });

  test('a person is made as a contact of the company, without seat, invitation or permission (R27)', async () => {
    const company = await newCompany('Seats Ltd');
    const since = lastCall();
    const made = await api().create(permit, 'customer', {
      ...contact(company, 'ann@seats.test'),
      alternativeEmails: ['ann2@seats.test', 'ann3@seats.test'],
      avatar: 'https://elsewhere.test/ann.png',
      twitter: '@ann',
      linkedin: 'https://linkedin.com/in/ann',
      facebook: 'https://facebook.com/ann',
    });
    expect(made.observation).toBeNull();
    expect(tables().teamworkPeople.get(Number(made.id))).toMatchObject({
      type: 'contact',
      companyId: Number(company),
      isAdmin: false,
      avatarUrl: '',
    });
    const seen = await api().read(permit, 'customer', made.id);
    expect(seen.fields).toEqual({
      ...contact(company, 'ann@seats.test'),
      alternativeEmails: ['ann2@seats.test', 'ann3@seats.test'],
      avatar: '',
      twitter: '@ann',
      linkedin: 'https://linkedin.com/in/ann',
      facebook: 'https://facebook.com/ann',
    });
    expect([seen.signsIn, seen.scope]).toEqual([false, 'client']);
    expect(callsSince(since)).toHaveLength(2);
  });
  test('an edit of a person changes what is given and nothing else (R10)', async () => {
    const [company, other] = [await newCompany('From Ltd'), await newCompany('To Ltd')];
    const { id } = await api().create(permit, 'customer', {
      ...contact(company, 'move@from.test'),
      alternativeEmails: ['a@from.test', 'b@from.test', 'c@from.test'],
      twitter: '@move',
    });
    await api().update(permit, 'customer', id, { company: other, alternativeEmails: ['b@from.test'] });
    expect((await api().read(permit, 'customer', id)).fields).toMatchObject({
      ...contact(other, 'move@from.test'),
      alternativeEmails: ['b@from.test'],
      twitter: '@move',
    });
  });
  test('an email in use is a conflict, a malformed one is invalid', async () => {
    const company = await newCompany('Emails Ltd');
    await api().create(permit, 'customer', contact(company, 'dup@emails.test'));
    const refused = (email: string) => failureOf(api().create(permit, 'customer', contact(company, email)));
    expect((await refused('DUP@emails.test')).kind).toBe('conflict');
    expect((await refused('no address')).kind).toBe('invalid');
  });
  test('what Teamwork.com could not hold is not sent', async () => {
    const company = await newCompany('Slots Ltd');
    const since = lastCall();
    const four = ['a@x.test', 'b@x.test', 'c@x.test', 'd@x.test'];
    const error = await failureOf(
      api().create(permit, 'customer', { ...contact(company, 'x@slots.test'), alternativeEmails: four }),
    );
    expect([error.kind, error.facts.refusedFields]).toEqual(['invalid', ['alternativeEmails']]);
    expect(callsSince(since)).toEqual([]);
  });
  test('a person is found by the exact email, whatever its case', async () => {
    const company = await newCompany('Find Ltd');
    const { id } = await api().create(permit, 'customer', contact(company, 'ann@find.test'));
    await api().create(permit, 'customer', contact(company, 'joann@find.test'));
    expect((await api().find(permit, 'customer', 'Ann@Find.test')).map((seen) => seen.id)).toEqual([id]);
  });

  test.each(kinds)('a deleted %s is gone, as 404 and as a record that says so (R23)', async (kind) => {
    const company = await newCompany(`Gone ${kind}`);
    const person = (await api().create(permit, 'customer', contact(company, `${kind}@gone.test`))).id;
    const id = kind === 'company' ? company : person;
    const v3 = kind === 'company' ? 'companies' : 'people';
    await fetch(`${sandbox.url}/projects/api/v3/${v3}/${id}.json`, {
      method: 'DELETE',
      headers: { Authorization: `Bearer ${token}` },
    });
    expect((await failureOf(api().read(permit, kind, id))).kind).toBe('gone');
    const { switches } = sandbox.ctx.world.settings();
    sandbox.ctx.changeSettings({ switches: { ...switches, deletedRead: 200 } });
    expect((await failureOf(api().read(permit, kind, id))).kind).toBe('gone');
    sandbox.ctx.changeSettings({ switches });
    expect((await failureOf(api().update(permit, kind, id, { email: 'z@gone.test' }))).kind).toBe('gone');
  });
  test('a create that was cut off after it took effect is unknown, and can be found (R15)', async () => {
    await sandbox.fault({ side: 'teamwork', kind: 'reset_after', method: 'POST' });
    const error = await failureOf(api().create(permit, 'company', { name: 'Unknown Outcome' }));
    expect([error.kind, error.facts.effectUnknown]).toEqual(['unavailable', true]);
    expect(await api().find(permit, 'company', 'Unknown Outcome')).toHaveLength(1);
  });
  test.each([
    ['timeout', 'unavailable'],
    ['reset_before', 'unavailable'],
    ['html', 'unavailable'],
    ['truncated', 'contract'],
  ])('the fault %s in a listing is %s', async (kind, expected) => {
    await sandbox.fault({ side: 'teamwork', kind });
    const impatient = client('teamwork', sandbox.url, '1', 500);
    expect((await failureOf(impatient.list(permit, 'company', null))).kind).toBe(expected);
  });
});
