/** The controls under /sandbox, and that any fault in them is answered 4xx with a sentence. */
import type { OpenSandbox } from '../support/sandbox-over-http';
import { openSandbox } from '../support/sandbox-over-http';

let sandbox: OpenSandbox;
beforeAll(async () => {
  sandbox = await openSandbox();
});
afterAll(() => sandbox.close());

test.each([
  ['/reset', { seed: -1 }],
  ['/reset', { companies: '200' }],
  ['/reset', { people: 5, companies: 0 }],
  ['/reset', { scenario: 'chaos' }],
  ['/reset', { sed: 1 }],
  ['/reset', [1]],
  ['/reset', '{"seed":'],
  ['/faults', {}],
  ['/faults', { side: 'both', kind: 'html' }],
  ['/faults', { side: 'desk', kind: 'boom' }],
  ['/faults', { side: 'desk', kind: 'status' }],
  ['/faults', { side: 'desk', kind: 'status', status: 200 }],
  ['/faults', { side: 'desk', kind: 'timeout', status: 500 }],
  ['/faults', { side: 'desk', kind: 'slow' }],
  ['/faults', { side: 'desk', kind: 'html', times: 0 }],
  ['/faults', { side: 'desk', kind: 'html', probability: 1.5 }],
  ['/faults', { side: 'desk', kind: 'html', method: 'FETCH' }],
  ['/faults', { side: 'desk', kind: 'html', path: '(' }],
  ['/rate-limit', { side: 'desk' }],
  ['/rate-limit', { side: 'desk', perMinute: -1 }],
  ['/hooks', { side: 'desk', drop: 2 }],
  ['/hooks', { side: 'desk', delayMs: 'soon' }],
  ['/hooks', { side: 'both' }],
  ['/hooks', { side: 'desk', retryMs: -1 }],
  ['/hooks', { side: 'desk', timeoutMs: 0 }],
  ['/hooks', { side: 'desk', lose: 1 }],
  ['/redeliver', {}],
  ['/redeliver', { id: 'first' }],
  ['/redeliver', { id: 1, side: 'desk' }],
  ['/redeliver', { id: 12345 }],
  ['/token', { token: 'token-a' }],
  ['/token', { token: 'nobody', role: 'admin' }],
  ['/token', { token: 'token-a', role: 'owner' }],
  ['/tickets', { email: 'no address' }],
  ['/tickets', {}],
  ['/merge-customers', { primary: 1, secondary: 2 }],
  ['/merge-customers', { primary: 'a', secondary: 2 }],
  ['/switches', { teamworkRefusal: 500 }],
  ['/switches', { unknown: true }],
])('POST %s %j is refused', async (path, body) => {
  const answer = await sandbox.control(path, body);
  expect(answer.status).toBeGreaterThanOrEqual(400);
  expect(answer.status).toBeLessThan(500);
  expect(answer.body).toEqual({ error: expect.stringMatching(/\w+ \w+/) as string });
});

test.each(['/calls?since=x', '/calls?since=-1', '/nothing'])('GET %s is refused', async (path) => {
  const answer = await sandbox.control(path);
  expect(answer.status === 400 || answer.status === 404).toBe(true);
});

test('reset seeds another site and forgets faults, limits and rights', async () => {
  await sandbox.control('/faults', { side: 'teamwork', kind: 'html' });
  await sandbox.control('/rate-limit', { side: 'teamwork', perMinute: 1 });
  await sandbox.control('/token', { token: 'token-a', role: 'none' });
  const size = { seed: 3, companies: 12, people: 30, scenario: 'agency' };
  expect((await sandbox.control('/reset', { seed: 3, companies: 12, people: 30 })).body).toEqual(size);
  const listing = await sandbox.get('/projects/api/v3/companies.json');
  expect((listing.body as { companies: unknown[] }).companies).toHaveLength(13);
  expect((await sandbox.control('/faults')).body).toEqual({ faults: [] });
});

test('a ticket makes a customer, merging deletes the secondary, truth tells who made what', async () => {
  await sandbox.control('/reset', { companies: 0, people: 0, scenario: 'empty-desk' });
  const made: number[] = [];
  for (const email of ['one@tickets.example', 'two@tickets.example']) {
    made.push(
      ((await sandbox.control('/tickets', { email, name: 'Ana Silva' })).body as { customerId: number })
        .customerId,
    );
  }
  const [primary, secondary] = made;
  expect((await sandbox.control('/merge-customers', { primary, secondary })).status).toBe(200);
  const truth = (await sandbox.control('/truth')).body as {
    desk: { customers: unknown[] };
    changes: unknown[];
  };
  expect(truth.desk.customers).toMatchObject([
    {
      id: primary,
      email: 'one@tickets.example',
      alternativeEmails: ['two@tickets.example'],
      state: 'active',
    },
    { id: secondary, state: 'deleted' },
  ]);
  expect((await sandbox.control('/counts')).body).toMatchObject({
    teamwork: { companies: 1 },
    desk: { companies: 0, customers: 1 },
  });
  expect(truth.changes).toContainEqual(
    expect.objectContaining({
      side: 'desk',
      kind: 'customers',
      id: secondary,
      what: 'deleted',
      cause: 'merge',
      token: null,
    }),
  );
});

test('troubles of hooks are set for a side; what is left out is the vendor’s', async () => {
  const trouble = { drop: 0.5, duplicate: 0, shuffle: 1, delayMs: 10 };
  expect(
    (await sandbox.control('/hooks', { side: 'desk', drop: 0.5, shuffle: 1, delayMs: 10 })).body,
  ).toMatchObject({
    desk: { ...trouble, retryMs: 3_600_000, timeoutMs: 5_000 },
    teamwork: { drop: 0, duplicate: 0, shuffle: 0, delayMs: 0 },
  });
  expect((await sandbox.control('/deliveries')).body).toEqual({ deliveries: [] });
});

test('R33: the signs of the built-in sync are off unless the switch is on', async () => {
  await sandbox.control('/reset', { companies: 30, people: 0 });
  const signs = async () =>
    (await sandbox.get('/desk/api/v2/companies.json?includes=domains&pageSize=100')).text;
  expect(await signs()).not.toMatch(/"projects_company":\{/);
  await sandbox.control('/switches', { builtInSync: true });
  expect(await signs()).toMatch(/"projects_company":\{/);
  await sandbox.control('/switches', { builtInSync: false });
  expect(await signs()).not.toMatch(/"projects_company":\{/);
});
