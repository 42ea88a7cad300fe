/** What every call of both vendors goes through: credentials, limits, the call log, what survives a kill. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { HandClock } from '../support/desk-over-http';
import type { OpenSandbox } from '../support/sandbox-over-http';
import { openSandbox } from '../support/sandbox-over-http';

const ME = '/projects/api/v3/me.json';
let sandbox: OpenSandbox;
const clock = new HandClock();

beforeAll(async () => {
  sandbox = await openSandbox({ clock });
});
afterAll(() => sandbox.close());
beforeEach(() => {
  sandbox.ctx.reset({ seed: 1, companies: 0, people: 0, scenario: 'empty-desk' });
});

const basic = (user: string) => ({ Authorization: `Basic ${Buffer.from(`${user}:xxx`).toString('base64')}` });

describe('credentials', () => {
  test.each([
    ['a bearer token', { Authorization: 'Bearer token-a' }, 200],
    ['the token as basic user name', basic('token-a'), 200],
    ['none', {}, 401],
    ['an unknown token', { Authorization: 'Bearer token-c' }, 401],
    ['an unknown basic user', basic('token-c'), 401],
  ])('%s', async (_name, headers, status) => {
    expect((await sandbox.get(ME, { token: null, headers })).status).toBe(status);
  });

  test('each version words its 401 in its own way', async () => {
    const v1 = await sandbox.get('/people.json', { token: null });
    const v3 = await sandbox.get(ME, { token: null });
    expect(v1.body).toEqual({ STATUS: 'Error', MESSAGE: 'Unauthorized' });
    expect(v3.body).toMatchObject({ errors: [{ title: 'Unauthorized' }] });
  });

  test('each token is a user of its own on both sides', async () => {
    const bodies = [];
    for (const token of ['token-a', 'token-b']) {
      bodies.push((await sandbox.get(ME, { token })).text);
      bodies.push((await sandbox.get('/desk/api/v2/me.json', { token })).text);
    }
    expect(new Set(bodies).size).toBe(4);
  });

  test('a token without any right is refused everywhere, a member may not write', async () => {
    await sandbox.control('/token', { token: 'token-b', role: 'none' });
    expect((await sandbox.get(ME, { token: 'token-b' })).status).toBe(401);
    await sandbox.control('/token', { token: 'token-b', role: 'member' });
    expect((await sandbox.get(ME, { token: 'token-b' })).status).toBe(200);
    const write = { company: { name: 'Member Made' } };
    const answer = await sandbox.post('/projects/api/v3/companies.json', write, { token: 'token-b' });
    expect(answer.status).toBe(403);
  });
});

describe('rate limit', () => {
  test('a sliding minute for each token: refused above it, open again when the oldest call leaves', async () => {
    await sandbox.control('/rate-limit', { side: 'teamwork', perMinute: 2 });
    expect((await sandbox.get(ME)).headers.get('x-ratelimit-remaining')).toBe('1');
    clock.forward(20);
    expect((await sandbox.get(ME)).headers.get('x-ratelimit-reset')).toBe('40');
    const refused = await sandbox.get('/people.json');
    expect([refused.status, refused.headers.get('x-ratelimit-remaining')]).toEqual([429, '0']);
    expect((await sandbox.get(ME, { token: 'token-b' })).status).toBe(200);
    clock.forward(40);
    expect((await sandbox.get(ME)).status).toBe(200);
  });

  test('Desk counts refused calls too, answers an empty body and always the length of its window', async () => {
    await sandbox.control('/rate-limit', { side: 'desk', perMinute: 1 });
    await sandbox.get('/desk/api/v2/me.json');
    clock.forward(50);
    const refused = await sandbox.get('/desk/api/v2/me.json');
    expect([refused.status, refused.text, refused.headers.get('x-rate-limit-reset')]).toEqual([
      429,
      '',
      '60',
    ]);
    expect(refused.headers.get('x-rate-limit-remaining')).toBe('-1');
    clock.forward(20);
    expect((await sandbox.get('/desk/api/v2/me.json')).status).toBe(429);
  });

  test('switches choose 400 for 429, an epoch for seconds, Retry-After, one limit for the whole site', async () => {
    await sandbox.control('/switches', {
      teamworkRefusal: 400,
      teamworkReset: 'epoch',
      retryAfter: true,
      rateLimitPer: 'site',
    });
    await sandbox.control('/rate-limit', { side: 'teamwork', perMinute: 1 });
    await sandbox.get(ME);
    const refused = await sandbox.get(ME, { token: 'token-b' });
    expect(refused.status).toBe(400);
    expect(refused.headers.get('retry-after')).toBe('60');
    expect(refused.headers.get('x-ratelimit-reset')).toBe(String(clock.nowMs() / 1000 + 60));
  });
});

describe('call log', () => {
  test('holds every call with its literal token, refused ones too, and goes on counting over a reset', async () => {
    await sandbox.get(`${ME}?a=1`);
    await sandbox.get('/desk/api/v2/nothing.json', { token: 'token-b' });
    await sandbox.get(ME, { token: 'wrong' });
    const { calls } = (await sandbox.control('/calls')).body as { calls: { n: number }[] };
    expect(calls.slice(-3)).toMatchObject([
      { side: 'teamwork', token: 'token-a', method: 'GET', path: `${ME}?a=1`, status: 200 },
      { side: 'desk', token: 'token-b', status: 404 },
      { side: 'teamwork', token: null, status: 401 },
    ]);
    const last = calls.at(-1)?.n ?? 0;
    expect((await sandbox.control(`/calls?since=${last - 1}`)).body).toEqual({ calls: [calls.at(-1)] });

    await sandbox.control('/reset', {});
    expect((await sandbox.control('/calls')).body).toEqual({ calls: [] });
    await sandbox.get(ME);
    expect((await sandbox.control('/calls')).body).toMatchObject({ calls: [{ n: last + 1 }] });
  });
});

describe('data directory', () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'sandbox-data-'));
  afterAll(() => rmSync(dataDir, { recursive: true }));

  test('what was answered is there for the next start, the call log too', async () => {
    const first = await openSandbox({ dataDir });
    await first.post('/projects/api/v3/companies.json', { company: { name: 'Kept Company' } });
    await first.control('/token', { token: 'token-b', role: 'member' });
    // Another process opens the directory while the first has not been closed: as after a kill.
    const second = await openSandbox({ dataDir, tokens: ['token-a', 'token-b', 'token-c'] });
    const listing = await second.get('/projects/api/v3/companies.json?searchTerm=kept');
    expect(listing.body).toMatchObject({ companies: [{ name: 'Kept Company' }] });
    expect((await second.get(ME, { token: 'token-c' })).status).toBe(200);
    expect((await second.control('/calls?since=0')).body).toMatchObject({
      calls: [{ n: 1 }, { n: 2 }, { n: 3 }],
    });
    const truth = (await second.control('/truth')).body as { changes: unknown[] };
    expect(truth.changes).toContainEqual(
      expect.objectContaining({ kind: 'companies', token: 'token-a', before: null }),
    );
    const write = { company: { name: 'Not Allowed' } };
    const refused = await second.post('/projects/api/v3/companies.json', write, { token: 'token-b' });
    expect(refused.status).toBe(403);
    await first.close();
    await second.close();
  });
});
