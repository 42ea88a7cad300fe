/** The faults that the controls put in: what the caller sees and whether the write took effect. */
import type { OpenSandbox } from '../support/sandbox-over-http';
import { openSandbox } from '../support/sandbox-over-http';

const COMPANIES = '/projects/api/v3/companies.json';
let sandbox: OpenSandbox;
beforeAll(async () => {
  sandbox = await openSandbox();
});
afterAll(() => sandbox.close());
beforeEach(async () => {
  await sandbox.control('/reset', { companies: 3, people: 9, scenario: 'empty-desk' });
});

const fault = (body: object) => sandbox.control('/faults', { side: 'teamwork', ...body });
const create = (name: string) => sandbox.post(COMPANIES, { company: { name } });
async function exists(name: string): Promise<boolean> {
  return (await sandbox.get(`${COMPANIES}?searchTerm=${name}`)).text.includes(name);
}
async function lastStatus(): Promise<number | undefined> {
  return ((await sandbox.control('/calls')).body as { calls: { status: number }[] }).calls.at(-1)?.status;
}

test('status: answered in the vendor’s own words, as often as told', async () => {
  await fault({ kind: 'status', status: 503, times: 2, method: 'POST', path: '/companies.json' });
  expect((await create('One')).body).toMatchObject({ errors: [{ title: expect.any(String) as string }] });
  expect((await create('Two')).status).toBe(503);
  expect((await create('Three')).status).toBe(201);
  expect(await exists('One')).toBe(false);
  expect((await sandbox.control('/faults')).body).toMatchObject({ faults: [{ hits: 2, times: 0 }] });
});

test('a redirect leads to another host', async () => {
  await fault({ kind: 'status', status: 302 });
  expect((await sandbox.get(COMPANIES)).headers.get('location')).toBe('http://elsewhere.invalid/');
});

test('method and path choose the calls, the other side is spared', async () => {
  await fault({ kind: 'status', status: 500, method: 'POST', path: '^/people' });
  expect((await sandbox.get('/people.json')).status).toBe(200);
  expect((await create('Spared')).status).toBe(201);
  expect((await sandbox.post('/people.json', {})).status).toBe(500);
  expect((await sandbox.get('/desk/api/v2/customers.json')).status).toBe(200);
});

test('a probability hits some calls and not others', async () => {
  await fault({ kind: 'status', status: 500, probability: 0.5 });
  const statuses = new Set<number>();
  for (let n = 0; n < 40; n += 1) statuses.add((await sandbox.get(COMPANIES)).status);
  expect([...statuses].sort()).toEqual([200, 500]);
});

test('html: a page instead of JSON, 502 unless told', async () => {
  await fault({ kind: 'html', times: 1 });
  const page = await sandbox.get(COMPANIES);
  expect([page.status, page.headers.get('content-type')]).toEqual([502, 'text/html; charset=utf-8']);
  await fault({ kind: 'html', status: 200, times: 1 });
  expect((await sandbox.get(COMPANIES)).status).toBe(200);
});

test('reset_before: cut, nothing written; the log tells of it with status 0', async () => {
  await fault({ kind: 'reset_before', method: 'POST', times: 1 });
  await expect(create('Never Made')).rejects.toThrow();
  expect(await lastStatus()).toBe(0);
  expect(await exists('Never Made')).toBe(false);
});

test('reset_after: cut although the write took effect', async () => {
  await fault({ kind: 'reset_after', method: 'POST', times: 1 });
  await expect(create('Made Anyway')).rejects.toThrow();
  expect(await exists('Made Anyway')).toBe(true);
});

test('timeout: no answer until the caller gives up', async () => {
  await fault({ kind: 'timeout', times: 1 });
  const signal = AbortSignal.timeout(200);
  const headers = { Authorization: 'Bearer token-a' };
  await expect(fetch(sandbox.address + COMPANIES, { signal, headers })).rejects.toThrow();
  expect(await lastStatus()).toBe(0);
  expect((await sandbox.get(COMPANIES)).status).toBe(200);
});

test('slow: answered all the same', async () => {
  await fault({ kind: 'slow', delayMs: 20, times: 1 });
  expect((await create('Slow')).status).toBe(201);
});

test.each([
  ['/projects/api/v3/people.json', { people: [], meta: { page: { count: 0, hasMore: false } } }],
  ['/people.json', { people: [] }],
  ['/desk/api/v2/companies.json', { companies: [], pagination: { records: 0, hasMorePages: false } }],
])('empty_list: %s holds nothing and says so', async (path, body) => {
  await sandbox.post('/desk/api/v2/companies.json', { company: { name: 'In Desk' } });
  await fault({ side: path.startsWith('/desk') ? 'desk' : 'teamwork', kind: 'empty_list' });
  expect((await sandbox.get(path)).body).toMatchObject(body);
});

test('empty_list spares the read of one record', async () => {
  await fault({ kind: 'empty_list' });
  expect((await sandbox.get('/projects/api/v3/me.json')).text).toContain('"person":{"id"');
});

test('truncated: 200 with half a body, the write took effect', async () => {
  await fault({ kind: 'truncated', times: 1 });
  const answer = await create('Half Told');
  expect([answer.status, answer.body]).toEqual([201, null]);
  expect(await exists('Half Told')).toBe(true);
});

test('ignored: an edit is answered as fine and nothing of it is taken; reformatted: in capitals', async () => {
  const { company } = (await create('Plain')).body as { company: { id: number } };
  const edit = (name: string) =>
    sandbox.call('PATCH', `/projects/api/v3/companies/${company.id}.json`, { company: { name } });
  await fault({ kind: 'ignored', times: 1 });
  await sandbox.get(COMPANIES);
  expect((await edit('Other')).body).toMatchObject({ company: { name: 'Plain' } });
  await fault({ kind: 'reformatted', times: 1 });
  expect((await edit('Other')).body).toMatchObject({ company: { name: 'OTHER' } });
  expect((await edit('Other')).body).toMatchObject({ company: { name: 'Other' } });
});
