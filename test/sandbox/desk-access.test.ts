import { HandClock, openDesk } from '../support/desk-over-http';
import type { Desk } from '../support/desk-over-http';

describe('Desk access, agents and webhooks of the sandbox', () => {
  let clock: HandClock;
  let desk: Desk;
  beforeEach(async () => {
    clock = new HandClock();
    desk = await openDesk({ clock });
  });
  afterEach(() => desk.close());

  const setRole = (role: 'admin' | 'member' | 'none') =>
    desk.ctx.changeSettings({ roles: { 'token-b': role } });

  test.each([
    ['no token', null],
    ['a wrong token', 'guess'],
  ])('%s is 401 with a message, and carries the rate-limit headers', async (_title, token) => {
    const answer = await desk.call('GET', '/companies.json', undefined, { token });
    expect([answer.status, answer.body]).toEqual([401, { message: expect.any(String) as string }]);
    expect(answer.headers.get('x-rate-limit-limit')).not.toBeNull();
  });

  test('an unknown path is 404 with a message', async () => {
    const answer = await desk.call('GET', '/nothing.json');
    expect([answer.status, answer.body]).toEqual([404, { message: expect.any(String) as string }]);
  });

  test('a bare question mark changes nothing', async () => {
    expect((await desk.call('GET', '/companies.json?')).status).toBe(200);
  });

  test.each([
    ['POST', '/companies.json', { company: { name: 'N' } }],
    ['PATCH', '/companies/5001.json', { company: { name: 'N' } }],
    ['DELETE', '/companies/5001.json', {}],
    ['POST', '/customers.json', { customer: { email: 'n@lone.test' } }],
    ['PUT', '/customers/700001.json', { customer: { firstName: 'N' } }],
    ['DELETE', '/customers/700001.json', {}],
    ['POST', '/webhookendpoints.json', { webhookendpoint: { url: 'https://hooks.test' } }],
  ])('a member reads and may not %s %s', async (method, path, body) => {
    await desk.company('Harrow');
    await desk.customer('ann@lone.test');
    setRole('member');
    expect((await desk.call('GET', '/companies.json', undefined, { token: 'token-b' })).status).toBe(200);
    expect((await desk.call(method, path, body, { token: 'token-b' })).status).toBe(403);
    expect((await desk.call('GET', '/companies.json')).body).toMatchObject({
      companies: [{ name: 'Harrow' }],
    });
  });

  test('each token is its own agent; a revoked one is nobody', async () => {
    const me = async (token: string) => (await desk.call('GET', '/me.json', undefined, { token })).body;
    expect(await me('token-a')).toMatchObject({ user: { id: 301, role: 'siteadmin', state: 'active' } });
    expect(await me('token-b')).toMatchObject({ user: { id: 302 } });
    expect((await desk.call('GET', '/users/me.json')).body).toEqual(await me('token-a'));
    expect(await desk.ids('users', {})).toEqual([301, 302]);
    expect((await desk.call('GET', '/users/302.json?fields=id')).body).toEqual({
      user: { id: 302 },
      included: {},
    });
    setRole('member');
    expect(await me('token-b')).toMatchObject({ user: { id: 302, role: 'agent' } });
    setRole('none');
    expect((await desk.call('GET', '/me.json', undefined, { token: 'token-b' })).status).toBe(401);
  });

  test('above the limit: 429, an empty body, refused calls counted, free again after a quiet minute', async () => {
    desk.ctx.changeSettings({ perMinute: { teamwork: 0, desk: 2 } });
    const statuses = [];
    for (let n = 0; n < 4; n += 1) {
      const answer = await desk.call('GET', '/companies.json');
      statuses.push([answer.status, answer.headers.get('x-rate-limit-remaining')]);
      if (answer.status === 429) expect([answer.text, answer.headers.get('retry-after')]).toEqual(['', null]);
    }
    expect(statuses).toEqual([
      [200, '1'],
      [200, '0'],
      [429, '-1'],
      [429, '-2'],
    ]);
    clock.forward(59);
    expect((await desk.call('GET', '/companies.json')).status).toBe(429);
    clock.forward(61);
    expect((await desk.call('GET', '/companies.json')).status).toBe(200);
  });

  test('webhook endpoints are registered, read, edited and removed', async () => {
    const created = await desk.call('POST', '/webhookendpoints.json', {
      webhookendpoint: {
        url: 'https://hooks.test/desk',
        token: 'secret',
        allInboxes: true,
        allEvents: false,
        contentType: 'application/json',
        state: 'active',
      },
      included: {
        webhookendpointevents: [{ code: 'customer.created' }, { code: 'customer.edited' }],
        webhookendpointinboxes: [{ inbox: { id: 1 } }],
      },
    });
    expect([created.status, created.body]).toMatchObject([
      201,
      { webhookendpoint: { id: 1, url: 'https://hooks.test/desk', allInboxes: true, state: 'active' } },
    ]);
    await desk.call('PATCH', '/webhookendpoints/1.json', {
      included: { webhookendpointevents: [{ code: 'customer.deleted' }] },
    });
    expect((await desk.call('GET', '/webhookendpoints.json?includes=all')).body).toMatchObject({
      webhookendpoints: [{ id: 1, token: 'secret' }],
      included: {
        webhookendpointevents: [{ code: 'customer.deleted' }],
        webhookendpointinboxes: [{ inbox: { id: 1 } }],
      },
    });
    expect((await desk.call('DELETE', '/webhookendpoints/1.json')).status).toBe(200);
    expect((await desk.call('GET', '/webhookendpoints/1.json')).status).toBe(404);
    const refused = await desk.call('POST', '/webhookendpoints.json', {
      webhookendpoint: { url: 'not a url' },
    });
    expect([refused.status, refused.body]).toEqual([400, { errors: { url: ['must be a valid url'] } }]);
  });
});
