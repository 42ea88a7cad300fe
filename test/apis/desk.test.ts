import { fieldsOf, kinds, type Fields } from '../../src/domain/record';
import { client, failureOf, openSandbox, recordingPermit, token, type OpenSandbox } from './over-http';

describe('the Desk client against the sandbox', () => {
  let sandbox: OpenSandbox;
  beforeAll(async () => {
    sandbox = await openSandbox();
  });
  afterAll(() => sandbox.close());
  const permit = recordingPermit();
  const tables = () => sandbox.ctx.world.tables;
  const api = () => sandbox.desk;

  async function newCompany(name: string): Promise<string> {
    return (await api().create(permit, 'company', { name })).id;
  }
  const ann = (company: string, email: string): Fields => ({
    firstName: 'Ann',
    lastName: 'Ba',
    email,
    company,
  });
  /** Edits a customer's emails as the engine does: reads its rows, then writes. */
  async function changeEmails(id: string, values: Fields) {
    expect(api().needsPreparing('customer', 'update', values)).toBe(true);
    return api().update(permit, 'customer', id, values, await api().prepare(permit, 'customer', id, values));
  }

  test('the account: its user, and whether it may write', async () => {
    expect(await api().account(permit)).toMatchObject({ ownerCompanyId: null, mayWrite: true });
    await sandbox.control('token', { token: token, role: 'member' });
    expect((await api().account(permit)).mayWrite).toBe(false);
    expect((await failureOf(api().create(permit, 'company', { name: 'No' }))).kind).toBe('forbidden');
    await sandbox.control('token', { token: token, role: 'none' });
    expect((await failureOf(api().account(permit))).kind).toBe('auth');
    await sandbox.control('token', { token: token, role: 'admin' });
  });
  test.each(kinds)('one listing and one read of a %s cover every field (R8)', async (kind) => {
    await api().create(permit, 'customer', ann(await newCompany(`Cover ${kind}`), `${kind}@cover.test`));
    const page = await api().list(permit, kind, null);
    for (const seen of [
      ...page.observations,
      await api().read(permit, kind, page.observations[0]?.id ?? ''),
    ]) {
      expect(Object.keys(seen.fields).sort()).toEqual([...fieldsOf[kind]].sort());
    }
  });
  test('a listing comes in pages of 100, in one call each, every record once', async () => {
    const many = await openSandbox({ companies: 1, people: 1 });
    for (let n = 0; n < 210; n += 1) {
      const row = { ...many.ctx.world.tables.deskCompanies.all().next().value, name: `Bulk ${n}` } as never;
      many.ctx.world.tables.deskCompanies.insert(row, { token: null, cause: 'control' });
    }
    const total = [...many.ctx.world.tables.deskCompanies.all()].length;
    const ids: string[] = [];
    let cursor: string | null = null;
    do {
      const page = await many.desk.list(permit, 'company', cursor);
      expect(page.total).toBe(total);
      ids.push(...page.observations.map(({ id }) => id));
      cursor = page.next;
    } while (cursor !== null);
    const calls = many.ctx.calls.since(0).length;
    await many.close();
    expect([new Set(ids).size, ids.length, calls]).toEqual([total, total, 3]);
  });

  test('a company is written and answered whole, with only the fields given (R10)', async () => {
    const made = await api().create(permit, 'company', {
      name: 'Wölfe GmbH',
      website: 'wolf.test',
      email: 'a@wolf.test',
    });
    expect(made.observation).toMatchObject({
      id: made.id,
      fields: { name: 'Wölfe GmbH', website: 'wolf.test', email: 'a@wolf.test' },
      domains: ['wolf.test'],
      origin: 'desk',
    });
    const changed = await api().update(permit, 'company', made.id, { website: '' });
    expect(changed.observation?.fields).toEqual({ name: 'Wölfe GmbH', website: '', email: 'a@wolf.test' });
    expect((await api().find(permit, 'company', 'Wölfe GmbH')).map(({ id }) => id)).toEqual([made.id]);
  });
  test('no company of ours asks Desk for a client in Teamwork.com (R5)', async () => {
    const before = tables().teamworkCompanies.size;
    await newCompany('Not A Client');
    expect(tables().teamworkCompanies.size).toBe(before);
  });
  test("the domains of a company's page, website and email are its signals, public providers left out (R14)", async () => {
    const body = {
      company: { name: 'Domains Ltd', website: 'https://www.site.test', email: 'office@post.test' },
      included: { domains: [{ name: '*.domains.test' }, { name: 'gmail.com' }] },
    };
    await fetch(`${sandbox.url}/desk/api/v2/companies.json`, {
      method: 'POST',
      headers: { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json' },
      body: JSON.stringify(body),
    });
    const [seen] = await api().find(permit, 'company', 'Domains Ltd');
    expect(seen?.domains).toEqual(['domains.test', 'post.test', 'site.test']);
  });
  test('a name in use is a conflict that names the field', async () => {
    await newCompany('Taken Ltd');
    const error = await failureOf(api().create(permit, 'company', { name: 'Taken Ltd' }));
    expect([error.kind, error.facts.refusedFields]).toEqual(['conflict', ['name']]);
  });

  test('a customer is made with all that is given, and answered whole', async () => {
    const company = await newCompany('Customers Ltd');
    const values = {
      ...ann(company, 'ann@customers.test'),
      alternativeEmails: ['ann2@customers.test'],
      avatar: 'https://files.test/ann.png',
      twitter: '@ann',
      linkedin: 'https://linkedin.com/in/ann',
      facebook: 'https://facebook.com/ann',
    };
    const made = await api().create(permit, 'customer', values);
    expect(made.observation?.fields).toEqual(values);
    expect(tables().deskCustomers.get(Number(made.id))?.welcomeEmailSent).toBe(false);
  });
  test('an edit changes what is given and nothing else, in one call (R10)', async () => {
    const [company, other] = [await newCompany('From Ltd'), await newCompany('To Ltd')];
    const { id } = await api().create(permit, 'customer', { ...ann(company, 'm@from.test'), twitter: '@m' });
    const values = { company: other, lastName: 'Bé', twitter: '' };
    expect(api().needsPreparing('customer', 'update', values)).toBe(false);
    const changed = await api().update(permit, 'customer', id, values);
    expect(changed.observation?.fields).toMatchObject({
      ...ann(other, 'm@from.test'),
      lastName: 'Bé',
      twitter: '',
    });
  });
  test('the main email changes in its own row and leaves the alternatives', async () => {
    const company = await newCompany('Rows Ltd');
    const { id } = await api().create(permit, 'customer', {
      ...ann(company, 'old@rows.test'),
      alternativeEmails: ['alt@rows.test'],
    });
    const changed = await changeEmails(id, { email: 'new@rows.test' });
    expect(changed.observation?.fields).toMatchObject({
      email: 'new@rows.test',
      alternativeEmails: ['alt@rows.test'],
    });
    expect(await api().find(permit, 'customer', 'old@rows.test')).toEqual([]);
  });
  test('main email and alternative change places', async () => {
    const company = await newCompany('Swap Ltd');
    const { id } = await api().create(permit, 'customer', {
      ...ann(company, 'one@swap.test'),
      alternativeEmails: ['two@swap.test'],
    });
    const changed = await changeEmails(id, { email: 'two@swap.test', alternativeEmails: ['one@swap.test'] });
    expect(changed.observation?.fields).toMatchObject({
      email: 'two@swap.test',
      alternativeEmails: ['one@swap.test'],
    });
  });
  test('alternatives are added and taken away', async () => {
    const company = await newCompany('Alternatives Ltd');
    const { id } = await api().create(permit, 'customer', {
      ...ann(company, 'm@alts.test'),
      alternativeEmails: ['a@alts.test', 'b@alts.test'],
    });
    const changed = await changeEmails(id, { alternativeEmails: ['b@alts.test', 'c@alts.test'] });
    expect(changed.observation?.fields).toMatchObject({
      email: 'm@alts.test',
      alternativeEmails: ['b@alts.test', 'c@alts.test'],
    });
  });
  test('emails whose rows were not read are not written', async () => {
    const company = await newCompany('Unread Ltd');
    const { id } = await api().create(permit, 'customer', ann(company, 'm@unread.test'));
    const since = sandbox.ctx.calls.since(0).at(-1)?.n ?? 0;
    const error = await failureOf(api().update(permit, 'customer', id, { email: 'n@unread.test' }));
    expect([error.facts.effectUnknown, sandbox.ctx.calls.since(since)]).toEqual([false, []]);
  });
  test('an email in use is a conflict, a malformed one invalid, and the field is named', async () => {
    const company = await newCompany('Emails Ltd');
    await api().create(permit, 'customer', {
      ...ann(company, 'x@emails.test'),
      alternativeEmails: ['y@emails.test'],
    });
    const refused = async (values: Fields) => {
      const error = await failureOf(
        api().create(permit, 'customer', { ...ann(company, 'z@emails.test'), ...values }),
      );
      return [error.kind, error.facts.refusedFields];
    };
    expect(await refused({ email: 'X@emails.test' })).toEqual(['conflict', ['email']]);
    expect(await refused({ email: 'y@emails.test' })).toEqual(['conflict', ['email']]);
    expect(await refused({ alternativeEmails: ['x@emails.test'] })).toEqual([
      'conflict',
      ['alternativeEmails'],
    ]);
    expect(await refused({ email: 'no address' })).toEqual(['invalid', ['email']]);
  });
  test('a customer is found by primary and by alternative email, whatever its case', async () => {
    const company = await newCompany('Find Ltd');
    const { id } = await api().create(permit, 'customer', {
      ...ann(company, 'ann@find.test'),
      alternativeEmails: ['other@find.test'],
    });
    expect((await api().find(permit, 'customer', 'ANN@find.test')).map((seen) => seen.id)).toEqual([id]);
    expect((await api().find(permit, 'customer', 'Other@Find.test')).map((seen) => seen.id)).toEqual([id]);
  });
  test('the picture of a customer without one is no avatar; an origin is told only by an agent (R31)', async () => {
    await sandbox.control('tickets', { email: 'ticket@origin.test', name: 'Tick Et' });
    const [seen] = await api().find(permit, 'customer', 'ticket@origin.test');
    expect([seen?.fields.avatar, seen?.origin, seen?.fields.company]).toEqual(['', 'unknown', '']);
  });

  test.each(kinds)('a deleted %s is gone, as 404 and as a record that says so (R23)', async (kind) => {
    const company = await newCompany(`Gone ${kind}`);
    const customer = (await api().create(permit, 'customer', ann(company, `${kind}@gone.test`))).id;
    const [id, path] = kind === 'company' ? [company, 'companies'] : [customer, 'customers'];
    await fetch(`${sandbox.url}/desk/api/v2/${path}/${id}.json`, {
      method: 'DELETE',
      headers: { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json' },
    });
    expect((await failureOf(api().read(permit, kind, id))).kind).toBe('gone');
    const { switches } = sandbox.ctx.world.settings();
    sandbox.ctx.changeSettings({ switches: { ...switches, deletedRead: 200 } });
    expect((await failureOf(api().read(permit, kind, id))).kind).toBe('gone');
    sandbox.ctx.changeSettings({ switches });
  });
  test('a create that was cut off after it took effect is unknown, and can be found (R15)', async () => {
    const company = await newCompany('Unknown Ltd');
    await sandbox.fault({ side: 'desk', kind: 'reset_after', method: 'POST' });
    const error = await failureOf(api().create(permit, 'customer', ann(company, 'lost@unknown.test')));
    expect([error.kind, error.facts.effectUnknown]).toEqual(['unavailable', true]);
    expect(await api().find(permit, 'customer', 'lost@unknown.test')).toHaveLength(1);
  });
  test.each([
    ['timeout', 'unavailable'],
    ['reset_before', 'unavailable'],
    ['html', 'unavailable'],
    ['truncated', 'contract'],
  ])('the fault %s in a listing is %s', async (kind, expected) => {
    await sandbox.fault({ side: 'desk', kind });
    const impatient = client('desk', sandbox.url, null, 500);
    expect((await failureOf(impatient.list(permit, 'company', null))).kind).toBe(expected);
  });
});
