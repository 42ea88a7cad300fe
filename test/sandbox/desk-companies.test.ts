import { HandClock, openDesk } from '../support/desk-over-http';
import type { Desk } from '../support/desk-over-http';

describe('Desk companies of the sandbox', () => {
  let clock: HandClock;
  let desk: Desk;
  beforeEach(async () => {
    clock = new HandClock();
    desk = await openDesk({ clock });
  });
  afterEach(() => desk.close());

  test('a created company comes back whole, with references to its domains', async () => {
    const answer = await desk.call('POST', '/companies.json?includes=domains', {
      company: {
        id: 0,
        type: null,
        name: 'Harrow',
        email: 'hello@harrow.test',
        website: 'harrow.test',
        note: null,
      },
      included: {
        domains: [{ id: 0, type: null, name: 'harrow.test', project: null, company: null }],
        customers: null,
      },
    });
    expect(answer.status).toBe(201);
    expect(answer.body).toEqual({
      company: {
        id: expect.any(Number) as number,
        name: 'Harrow',
        email: 'hello@harrow.test',
        website: 'harrow.test',
        industry: '',
        details: '',
        description: '',
        note: '',
        permission: 'own',
        kind: 'company',
        domains: [{ id: 1, type: 'domains' }],
        customers: [],
        customersCount: 0,
        address: null,
        phones: [],
        avatarPath: '',
        state: 'active',
        createdAt: '2026-03-02T10:00:00Z',
        createdBy: { id: 301, type: 'users' },
        updatedAt: '2026-03-02T10:00:00Z',
        updatedBy: { id: 301, type: 'users' },
      },
      included: {
        domains: [expect.objectContaining({ id: 1, name: 'harrow.test', projects_company: null })],
      },
    });
  });

  test.each(['PUT', 'PATCH'])(
    '%s is partial, and moves updatedAt even with an empty record',
    async (method) => {
      const id = await desk.company('Harrow', 'harrow.test');
      clock.forward(5);
      await desk.call(method, `/companies/${id}.json`, {
        company: { details: 'new', unknownKey: 1, name: null },
      });
      clock.forward(5);
      const answer = await desk.call(method, `/companies/${id}.json?includes=domains`, {
        company: {},
        included: { domains: [{ name: '*.harrow.test' }] },
      });
      expect(answer.status).toBe(200);
      expect(answer.body).toMatchObject({
        company: { name: 'Harrow', details: 'new', updatedAt: clock.now },
        included: { domains: [{ name: 'harrow.test' }, { name: '*.harrow.test' }] },
      });
    },
  );

  test('domains are renamed by id and removed by delete', async () => {
    const id = await desk.company('Harrow', 'harrow.test', 'old.test');
    const answer = await desk.call('PATCH', `/companies/${id}.json?includes=all`, {
      included: {
        domains: [
          { id: 1, name: 'new.test' },
          { id: 2, delete: true },
        ],
      },
    });
    expect(answer.body).toMatchObject({ included: { domains: [{ id: 1, name: 'new.test' }] } });
    await expect(desk.company('Free again', 'old.test')).resolves.toBeGreaterThan(id);
  });

  test.each([
    ['no name', { company: {} }, { name: ['must be set'] }],
    ['a blank name', { company: { name: ' ' } }, { name: ['must be set'] }],
    ['a name in use', { company: { name: ' HARROW ' } }, { name: ['is already in use'] }],
    [
      'a malformed email',
      { company: { name: 'N', email: 'x@' } },
      { email: ['must be a valid email address'] },
    ],
    ['a wrong kind of value', { company: { name: 5 } }, { name: ['must be text'] }],
    [
      'an unknown permission',
      { company: { name: 'N', permission: 'x' } },
      { permission: ['must be one of ‘own, all’'] },
    ],
    [
      'a malformed domain',
      { company: { name: 'N' }, included: { domains: [{ name: 'nodot' }] } },
      { 'domains[0].name': ['must be a valid domain'] },
    ],
    [
      'a domain in use',
      { company: { name: 'N' }, included: { domains: [{ name: 'Harrow.TEST' }] } },
      { 'domains[0].name': ['is already in use'] },
    ],
    [
      'an unknown customer',
      { company: { name: 'N' }, included: { customers: [{ id: 9 }] } },
      { 'customers[0].id': ['is not a customer'] },
    ],
    [
      'included that is no array',
      { company: { name: 'N' }, included: { domains: {} } },
      { domains: ['must be an array'] },
    ],
  ])('%s is refused with 400, and nothing is written', async (_title, body, errors) => {
    await desk.company('Harrow', 'harrow.test');
    const answer = await desk.call('POST', '/companies.json', body);
    expect([answer.status, answer.body]).toEqual([400, { errors }]);
    expect(await desk.ids('companies', {})).toHaveLength(1);
  });

  test('a body that is no JSON is 400, one of another content type is refused in plain text', async () => {
    expect(await desk.call('POST', '/companies.json', '{"company":')).toMatchObject({
      status: 400,
      body: { errors: {} },
    });
    const plain = await desk.call('POST', '/companies.json', '{}', { contentType: 'text/plain' });
    expect([plain.status, plain.headers.get('content-type'), plain.body]).toEqual([
      400,
      'text/plain; charset=utf-8',
      null,
    ]);
  });

  test('included customers join and leave', async () => {
    const customer = await desk.customer('ann@lone.test');
    const id = await desk.company('Harrow');
    const joined = await desk.call('PATCH', `/companies/${id}.json`, {
      included: { customers: [{ id: customer }] },
    });
    expect(joined.body).toMatchObject({
      company: { customersCount: 1, customers: [{ id: customer, type: 'customers' }] },
    });
    const left = await desk.call('PATCH', `/companies/${id}.json`, {
      company: { customers: [{ id: customer, delete: true }] },
    });
    expect(left.body).toMatchObject({ company: { customersCount: 0, customers: [] } });
  });

  test('a deleted company is 404, keeps its updatedAt, and leaves its customers without a company', async () => {
    const id = await desk.company('Harrow', 'harrow.test');
    const customer = await desk.customer('ann@harrow.test');
    const before = clock.now;
    clock.forward(60);
    expect((await desk.call('DELETE', `/companies/${id}.json`)).status).toBe(200);
    expect((await desk.call('GET', `/companies/${id}.json`)).status).toBe(404);
    expect((await desk.call('DELETE', `/companies/${id}.json`)).status).toBe(404);
    expect(await desk.ids('companies', {})).toEqual([]);
    expect(
      await desk.ids('companies', { filter: `{"state":"deleted","deletedAt":{"$gte":"${clock.now}"}}` }),
    ).toEqual([id]);
    expect(desk.ctx.world.tables.deskCompanies.get(id)).toMatchObject({ updatedAt: before });
    expect((await desk.call('GET', `/customers/${customer}.json`)).body).toMatchObject({
      customer: { company: null },
    });
  });

  test('a switch shows deleted companies to a direct read', async () => {
    const id = await desk.company('Harrow', 'harrow.test');
    await desk.call('DELETE', `/companies/${id}.json`);
    const { switches } = desk.ctx.world.settings();
    desk.ctx.changeSettings({ switches: { ...switches, deletedRead: 200 } });
    const answer = await desk.call('GET', `/companies/${id}.json?includes=domains`);
    expect(answer.body).toMatchObject({
      company: { state: 'deleted', deletedBy: { id: 301 } },
      included: { domains: [{ name: 'harrow.test' }] },
    });
  });

  test('R5 createInProjects makes a client in Teamwork.com, on create and on edit', async () => {
    await desk.call('POST', '/companies.json', {
      company: { name: 'Asked', website: 'asked.test' },
      createInProjects: true,
    });
    const id = await desk.company('Asked later');
    await desk.call('PATCH', `/companies/${id}.json`, { createInProjects: true });
    const made = desk.ctx.world.changes.filter(
      ({ table, what }) => table === 'teamworkCompanies' && what === 'created',
    );
    expect(made.map(({ after }) => after)).toMatchObject([
      { name: 'Asked', website: 'asked.test' },
      { name: 'Asked later' },
    ]);
  });
});
