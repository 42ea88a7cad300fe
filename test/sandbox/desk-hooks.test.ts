/** Desk's webhooks: three events of customers, signed, from every way in which a customer changes. */
import type { Desk } from '../support/desk-over-http';
import { openDesk } from '../support/desk-over-http';
import type { Received, Receiver } from '../support/hook-receiver';
import { jsonIn, openReceiver, signed } from '../support/hook-receiver';

const SECRET = 'desk secret';

let desk: Desk;
let receiver: Receiver;
beforeEach(async () => {
  desk = await openDesk();
  receiver = await openReceiver();
});
afterEach(async () => {
  await desk.close();
  await receiver.close();
});

async function register(endpoint: object = {}, codes: readonly string[] | null = null): Promise<number> {
  const answer = await desk.call('POST', '/webhookendpoints.json', {
    webhookendpoint: {
      url: receiver.url,
      token: SECRET,
      contentType: 'application/json',
      allInboxes: true,
      allEvents: codes === null,
      state: 'active',
      ...endpoint,
    },
    included: { webhookendpointevents: (codes ?? []).map((code) => ({ code })) },
  });
  expect(answer.status).toBe(201);
  return (answer.body as { webhookendpoint: { id: number } }).webhookendpoint.id;
}

/** Event and customer of each call. */
const told = (calls: readonly Received[]) =>
  calls.map((call) => {
    const body = jsonIn(call) as { id?: number; customer?: { id: number } };
    return [call.event, body.customer?.id ?? body.id];
  });

test('made, edited and deleted: once each, with headers and signature', async () => {
  await register();
  const company = await desk.company('Harrow');
  const id = await desk.customer('ann@harrow.test', {
    customer: { firstName: 'Ann', lastName: 'Ørn', twitterHandle: 'ann' },
    included: { contacts: [{ value: 'ann@harrow.test', isMain: true }], companies: [{ id: company }] },
  });
  await receiver.arrived(1);
  await desk.call('PATCH', `/customers/${id}.json`, { included: { contacts: [{ value: 'b@harrow.test' }] } });
  await receiver.arrived(2);
  await desk.call('DELETE', `/customers/${id}.json`);
  await receiver.arrived(3);
  const last = await desk.customer('last@lone.test');
  const calls = await receiver.arrived(4);
  expect(told(calls)).toEqual([
    ['customer.created', id],
    ['customer.edited', id],
    ['customer.deleted', id],
    ['customer.created', last],
  ]);
  for (const call of calls) {
    expect(call.signature).toBe(signed(call.raw, SECRET));
    expect(call.headers).toMatchObject({
      'content-type': 'application/json',
      'user-agent': expect.stringMatching(/\/\w/) as string,
      'x-desk-delivery': expect.stringMatching(/^[\da-f-]{36}$/) as string,
    });
  }
  expect(calls.map(jsonIn)).toMatchObject([
    {
      customer: {
        firstName: 'Ann',
        lastName: 'Ørn',
        email: 'ann@harrow.test',
        company: 'Harrow',
        twitterURL: 'ann',
      },
    },
    { customer: { id } },
    { id },
    { customer: { id: last } },
  ]);
});

test('companies have no events, but the customers whom they bring along or lose do', async () => {
  const ann = await desk.customer('ann@harrow.test');
  await register();
  const company = await desk.company('Harrow', 'harrow.test');
  await receiver.arrived(1);
  await desk.call('PATCH', `/companies/${company}.json`, { company: { website: 'harrow.test' } });
  await desk.call('DELETE', `/companies/${company}.json`);
  const calls = await receiver.arrived(2);
  expect(told(calls)).toEqual([
    ['customer.edited', ann],
    ['customer.edited', ann],
  ]);
  expect(calls.map(jsonIn)).toMatchObject([
    { customer: { company: 'Harrow' } },
    { customer: { company: '' } },
  ]);
});

test('a ticket makes a customer, one from a known email edits nobody', async () => {
  await register();
  const ticket = async (email: string) =>
    ((await desk.call('POST', '/sandbox/tickets', { email })).body as { customerId: number }).customerId;
  const first = await ticket('one@tickets.test');
  expect(await ticket('one@tickets.test')).toBe(first);
  const second = await ticket('two@tickets.test');
  const calls = await receiver.arrived(2);
  expect(told(calls)).toEqual([
    ['customer.created', first],
    ['customer.created', second],
  ]);
  for (const call of calls) expect(jsonIn(call)).not.toHaveProperty('eventCreatorId');
});

test('R17 a merge is the deletion of the secondary and an edit of the primary', async () => {
  const primary = await desk.customer('ann@one.test');
  const secondary = await desk.customer('ann@two.test');
  await register();
  expect((await desk.call('POST', '/sandbox/merge-customers', { primary, secondary })).status).toBe(200);
  const calls = await receiver.arrived(2);
  expect(told(calls).sort()).toEqual([
    ['customer.deleted', secondary],
    ['customer.edited', primary],
  ]);
});

test('only the chosen events, only while the endpoint is active', async () => {
  const id = await register({}, ['customer.edited', 'ticket.created']);
  const state = async (next: string) =>
    (await desk.call('PATCH', `/webhookendpoints/${id}.json`, { webhookendpoint: { state: next } })).body;
  const ann = await desk.customer('ann@lone.test');
  const edit = (jobTitle: string) => desk.call('PATCH', `/customers/${ann}.json`, { customer: { jobTitle } });
  expect(await state('inactive')).toMatchObject({ webhookendpoint: { state: 'inactive' } });
  await edit('unheard');
  expect(await desk.ids('webhookendpoints', { filter: '{"state":"inactive"}' })).toEqual([id]);
  expect(await state('active')).toMatchObject({ webhookendpoint: { state: 'active' } });
  await edit('heard');
  const calls = await receiver.arrived(1);
  expect(calls.map(jsonIn)).toMatchObject([{ customer: { id: ann, jobTitle: 'heard' } }]);
  expect(await state('asleep')).toEqual({ errors: { state: [expect.any(String) as string] } });
});

test('v1 registers by Basic or Bearer, and removes', async () => {
  const v1 = (method: string, path: string, authorization: string, body?: object) =>
    fetch(`${desk.address}/desk/v1${path}`, {
      method,
      headers: { Authorization: authorization, ...(body && { 'Content-Type': 'application/json' }) },
      body: body ? JSON.stringify(body) : null,
    });
  const basic = `Basic ${Buffer.from('token-a:').toString('base64')}`;
  const webhook = {
    active: true,
    url: receiver.url,
    contentType: 'application/json',
    allEvents: false,
    events: ['customer.created'],
    allInboxes: true,
    inboxes: [],
  };
  const made = await v1('POST', '/webhooks.json', basic, webhook);
  const { id } = (await made.json()) as { id: number };
  expect([made.status, await desk.ids('webhookendpoints', {})]).toEqual([201, [id]]);
  const off = await v1('POST', '/webhooks.json', basic, { ...webhook, active: false });
  expect(off.status).toBe(201);
  const ann = await desk.customer('ann@lone.test');
  expect(told(await receiver.arrived(1))).toEqual([['customer.created', ann]]);
  expect((await v1('DELETE', `/webhooks/${id}.json`, 'Bearer token-a')).status).toBe(200);
  expect((await v1('DELETE', `/webhooks/${id}.json`, basic)).status).toBe(404);
  expect((await v1('POST', '/webhooks.json', basic, { ...webhook, url: 'ftp://x' })).status).toBe(400);
  expect((await v1('POST', '/webhooks.json', 'Basic eDo=', webhook)).status).toBe(401);
  expect(
    (await fetch(`${desk.address}/desk/api/v2/me.json`, { headers: { Authorization: basic } })).status,
  ).toBe(401);
});

test('a form endpoint gets the same, flattened', async () => {
  await register({ contentType: 'application/x-www-form-urlencoded' });
  const id = await desk.customer('ann@lone.test', {
    customer: { email: 'ann@lone.test', firstName: 'Ann & Co' },
  });
  const [call] = await receiver.arrived(1);
  expect(call?.headers['content-type']).toBe('application/x-www-form-urlencoded');
  expect(Object.fromEntries(new URLSearchParams(call?.raw.toString()))).toMatchObject({
    'Customer.ID': String(id),
    'Customer.FirstName': 'Ann & Co',
  });
  expect(call?.signature).toBe(signed(call?.raw ?? Buffer.alloc(0), SECRET));
});
