/** The v3 list of companies, their domains, and the older v1 form. */
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

const patch = (id: number, company: object) => sandbox.call('PATCH', `${V3}/${id}.json`, { company });
async function made(name: string, rest: object = {}): Promise<number> {
  const { body } = await sandbox.post(`${V3}.json`, { company: { name, ...rest } });
  return (body as { company: { id: number } }).company.id;
}
async function listed(query: string): Promise<unknown[]> {
  const { body } = await sandbox.get(`${V3}.json?${query}`);
  return (body as { companies: { name: string }[] }).companies.map(({ name }) => name);
}

describe('v3 list', () => {
  const names = ['Amber', 'Birch', 'Cobalt', 'Delta'];
  beforeEach(async () => {
    for (const name of names) await made(name);
  });

  test('pages: the owner first, an offset from 0, a count that is no total until the last page', async () => {
    const page = async (number: number) =>
      (await sandbox.get(`${V3}.json?pageSize=2&page=${number}`)).body as {
        companies: unknown[];
        meta: unknown;
      };
    expect((await page(1)).meta).toEqual({ page: { pageOffset: 0, pageSize: 2, count: 3, hasMore: true } });
    expect((await page(1)).companies[0]).toMatchObject({ isOwner: true });
    expect((await page(3)).meta).toEqual({ page: { pageOffset: 2, pageSize: 2, count: 5, hasMore: false } });
    expect((await page(9)).companies).toEqual([]);
  });

  test('no listing reaches beyond fifty thousand records', async () => {
    sandbox.ctx.reset({ seed: 1, companies: 50_000, people: 0, scenario: 'empty-desk' });
    const last = (await sandbox.get(`${V3}.json?pageSize=9999&page=100`)).body;
    expect(last).toMatchObject({ meta: { page: { pageSize: 500, count: 50_000, hasMore: false } } });
  });

  test.each([
    ['orderBy=name&orderMode=desc&excludeOwnerCompany=true', ['Delta', 'Cobalt', 'Birch', 'Amber']],
    ['searchTerm=irc', ['Birch']],
    ['firstLetter=c', ['Cobalt']],
    ['unknown=1&searchTerm=delta', ['Delta']],
    ['projectTagIds=4', []],
  ])('%s', async (query, expected) => {
    expect(await listed(query)).toEqual(expected);
  });

  test('ids and excludeIds are comma lists', async () => {
    const id = await made('Ember');
    expect(await listed(`ids=${id},999999`)).toEqual(['Ember']);
    expect(await listed(`excludeIds=${id}&searchTerm=ember`)).toEqual([]);
  });

  test('updatedAfter finds what was edited later, and what was created later and never edited', async () => {
    const before = clock.now;
    clock.forward(1);
    await patch(await made('Ember'), { cid: '1' });
    await made('Falcon');
    expect(await listed(`updatedAfter=${before}&orderBy=name`)).toEqual(['Ember', 'Falcon']);
    expect(await listed(`updatedAfter=${clock.now}`)).toEqual([]);
  });

  test.each(['page=0', 'pageSize=x', 'updatedAfter=yesterday'])('%s is refused', async (query) => {
    expect((await sandbox.get(`${V3}.json?${query}`)).status).toBe(400);
  });

  test('sparse fields: known names only; for another kind of record they are ignored', async () => {
    const one = async (query: string) =>
      ((await sandbox.get(`${V3}.json?searchTerm=amber&${query}`)).body as { companies: object[] })
        .companies[0] ?? {};
    expect(Object.keys(await one('fields[companies]=id,name,bogus'))).toEqual(['id', 'name']);
    expect(Object.keys(await one('fields[people]=id')).length).toBeGreaterThan(20);
  });

  test('a member does not see every client', async () => {
    await sandbox.control('/token', { token: 'token-b', role: 'member' });
    const seen = await sandbox.get(`${V3}.json?fields[companies]=name`, { token: 'token-b' });
    expect((seen.body as { companies: unknown[] }).companies).toHaveLength(3);
  });
});

describe('domains', () => {
  const domainsOf = (id: number, ...domains: string[]) =>
    sandbox.post(`${V3}/${id}/domains.json`, {
      companyDomains: domains.map((domain) => ({ companyId: id, domain })),
    });

  test('added, read through the company, renamed, removed', async () => {
    const id = await made('Umber Pharma');
    const added = await domainsOf(id, 'umber.example', '*.umber.example');
    expect(added.status).toBe(201);
    const [first] = (added.body as { domains: { id: number }[] }).domains;
    const domainId = first?.id ?? 0;
    expect((await sandbox.get(`${V3}/${id}.json?include=domains`)).body).toMatchObject({
      company: { companyDomains: [{ id: domainId, type: 'domains' }, {}] },
      included: { domains: { [domainId]: { domain: 'umber.example', companyId: id, state: 'active' } } },
    });
    const path = `${V3}/domains/${domainId}.json`;
    const renamed = await sandbox.call('PATCH', path, { companyDomain: { domain: 'umber-pharma.example' } });
    expect(renamed.body).toMatchObject({ domain: { domain: 'umber-pharma.example', updatedAt: clock.now } });
    expect((await sandbox.call('DELETE', path)).status).toBe(204);
    expect((await sandbox.call('DELETE', path)).status).toBe(404);
  });

  test('a domain belongs to one company; a malformed one is refused', async () => {
    await domainsOf(await made('Umber Pharma'), 'umber.example');
    const other = await made('Xenon Travel');
    expect((await domainsOf(other, 'UMBER.example')).status).toBe(409);
    expect((await domainsOf(other, 'https://xenon.example')).status).toBe(400);
    expect((await domainsOf(1, 'one.example')).status).toBe(404);
  });
});

describe('v1', () => {
  test('create: 201, the id as text in the body and in a header', async () => {
    const answer = await sandbox.post('/companies.json', {
      company: { name: 'Umber Pharma', email_one: 'a@b.example' },
    });
    const id = answer.headers.get('id') ?? '';
    expect(answer).toMatchObject({ status: 201, body: { STATUS: 'OK', id } });
    expect((await sandbox.get(`/companies/${id}.json`)).body).toMatchObject({
      STATUS: 'OK',
      company: {
        id,
        email_one: 'a@b.example',
        isowner: '0',
        accounts: '0',
        'logo-URL': '',
        'profile-text': '',
      },
    });
  });

  test('put and delete answer 200 with a body; a list carries its page in headers', async () => {
    const id = await made('Umber Pharma');
    expect(await sandbox.call('PUT', `/companies/${id}.json`, { company: { phone: '7' } })).toMatchObject({
      status: 200,
      body: { STATUS: 'OK' },
    });
    const list = await sandbox.get('/companies.json?page=2&pageSize=1');
    expect(list.body).toMatchObject({ companies: [{ phone: '7', 'last-changed-on': clock.now }] });
    expect(['x-page', 'x-pages', 'x-records'].map((name) => list.headers.get(name))).toEqual(['2', '2', '2']);
    expect(await sandbox.call('DELETE', `/companies/${id}.json`)).toMatchObject({
      status: 200,
      body: { STATUS: 'OK' },
    });
    expect((await sandbox.get(`/companies/${id}.json`)).status).toBe(404);
  });

  test.each([{}, '{', { company: {} }, { company: { name: 'Harbourlight Agency' } }])(
    'POST %j is 422',
    async (body) => {
      const answer = await sandbox.post('/companies.json', body);
      expect(answer).toMatchObject({
        status: 422,
        body: { STATUS: 'Error', MESSAGE: expect.any(String) as string },
      });
    },
  );
});
