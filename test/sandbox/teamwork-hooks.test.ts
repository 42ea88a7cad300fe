/** Teamwork.com's webhooks: which events, in which form, signed, and what switches them on and off. */
import type { Received, Receiver } from '../support/hook-receiver';
import { jsonIn, openReceiver, signed } from '../support/hook-receiver';
import type { OpenSandbox } from '../support/sandbox-over-http';
import { openSandbox } from '../support/sandbox-over-http';
import { until } from '../support/until';

const SECRET = 'a secret, with ünicode';
const EVENTS = ['COMPANY', 'USER'].flatMap((family) =>
  ['CREATED', 'UPDATED', 'DELETED'].map((verb) => `${family}.${verb}`),
);
const COMPANIES = '/projects/api/v3/companies';

let sandbox: OpenSandbox;
let receiver: Receiver;
beforeAll(async () => {
  sandbox = await openSandbox();
});
afterAll(() => sandbox.close());
beforeEach(async () => {
  sandbox.ctx.reset({ seed: 1, companies: 0, people: 0, scenario: 'empty-desk' });
  receiver = await openReceiver();
});
afterEach(() => receiver.close());

const json = { version: '2', contentType: 'application/json', token: SECRET };

async function register(event: string, webhook: object = json): Promise<number> {
  const answer = await sandbox.post('/webhooks.json', { webhook: { event, url: receiver.url, ...webhook } });
  expect(answer.status).toBe(201);
  return (answer.body as { id: number }).id;
}

async function registerAll(webhook: object = json): Promise<void> {
  for (const event of EVENTS) await register(event, webhook);
}

async function company(name: string): Promise<number> {
  const answer = await sandbox.post(`${COMPANIES}.json`, { company: { name, website: 'umber.example' } });
  return (answer.body as { company: { id: number } }).company.id;
}

const contact = (companyId: number) => ({
  'first-name': 'Ana',
  'last-name': 'Silva',
  'email-address': 'ana@umber.example',
  'user-type': 'contact',
  'company-id': companyId,
});

async function person(companyId: number): Promise<string> {
  const answer = await sandbox.post('/people.json', { person: contact(companyId) });
  return (answer.body as { id: string }).id;
}

const events = (calls: readonly Received[]) => calls.map(({ event }) => event);

test('a company made, changed and deleted: JSON, the four headers, signed over the raw bytes', async () => {
  await registerAll();
  const id = await company('Ümber & Søns');
  await receiver.arrived(1);
  await sandbox.call('PATCH', `${COMPANIES}/${id}.json`, { company: { phone: '1' } });
  await receiver.arrived(2);
  await sandbox.call('DELETE', `${COMPANIES}/${id}.json`);
  const calls = await receiver.arrived(3);

  expect(events(calls)).toEqual(['COMPANY.CREATED', 'COMPANY.UPDATED', 'COMPANY.DELETED']);
  for (const call of calls) {
    expect(call.headers).toMatchObject({
      'content-type': 'application/json',
      'user-agent': expect.stringMatching(/^projects-webhooks\/\w+$/) as string,
      'x-projects-delivery': expect.stringMatching(/^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/) as string,
    });
    expect(call.signature).toBe(signed(call.raw, SECRET));
  }
  expect(new Set(calls.map(({ uuid }) => uuid)).size).toBe(3);
  const creator = { firstName: expect.any(String) as string, lastName: expect.any(String) as string };
  expect(calls.map(jsonIn)).toMatchObject([
    {
      company: { id, name: 'Ümber & Søns', dateCreated: expect.any(String) as string },
      eventCreator: creator,
    },
    { company: { id, dateUpdated: expect.any(String) as string }, eventCreator: creator },
    { id, eventCreator: creator },
  ]);
});

test('contacts come as USER events; v1 writes and the trash tell too, by whichever token', async () => {
  await registerAll();
  const companyId = await company('Umber');
  const id = await person(companyId);
  await receiver.arrived(2);
  await sandbox.call('PUT', `/people/${id}.json`, { person: { title: 'CEO' } }, { token: 'token-b' });
  await receiver.arrived(3);
  await sandbox.call('DELETE', `/projects/api/v3/people/${id}.json`);
  await receiver.arrived(4);
  await sandbox.call('PUT', `/trashcan/people/${id}/restore.json`);
  const calls = (await receiver.arrived(5)).slice(1);
  expect(events(calls)).toEqual(['USER.CREATED', 'USER.UPDATED', 'USER.DELETED', 'USER.UPDATED']);
  const number = Number(id);
  expect(calls.map(jsonIn)).toMatchObject([
    { user: { id: number, firstName: 'Ana', lastName: 'Silva', email: 'ana@umber.example' } },
    { user: { id: number } },
    { id: number },
    { user: { id: number } },
  ]);
  const creators = calls.map((call) => (jsonIn(call) as { eventCreator: { id: number } }).eventCreator.id);
  expect(creators[1]).not.toBe(creators[0]);
});

test('a deleted company takes its people along: one USER.DELETED each', async () => {
  const id = await company('Umber');
  await person(id);
  await registerAll();
  await sandbox.call('DELETE', `${COMPANIES}/${id}.json`);
  const calls = await receiver.arrived(2);
  expect(events(calls).sort()).toEqual(['COMPANY.DELETED', 'USER.DELETED']);
});

test("Desk's box createInProjects makes a client, which is told as made", async () => {
  await registerAll();
  const company = { name: 'From Desk' };
  await sandbox.post('/desk/api/v2/companies.json', { company, createInProjects: true });
  const [call] = await receiver.arrived(1);
  expect([call?.event, call && jsonIn(call)]).toMatchObject(['COMPANY.CREATED', { company }]);
});

test('without a contentType the body is a form, flat keys with capitals', async () => {
  await registerAll({ version: '2', token: SECRET });
  const id = await company('Umber & Co. = Söhne');
  await receiver.arrived(1);
  await sandbox.call('DELETE', `${COMPANIES}/${id}.json`);
  const calls = await receiver.arrived(2);
  const [made, deleted] = calls.map(({ raw }) => Object.fromEntries(new URLSearchParams(raw.toString())));
  expect(made).toMatchObject({
    'Company.ID': String(id),
    'Company.Name': 'Umber & Co. = Söhne',
    'Company.DateCreated': expect.any(String) as string,
    'EventCreator.ID': expect.stringMatching(/^\d+$/) as string,
    'EventCreator.FirstName': expect.any(String) as string,
  });
  expect(deleted).toMatchObject({ ID: String(id), 'EventCreator.LastName': expect.any(String) as string });
  for (const call of calls) {
    expect(call.headers['content-type']).toBe('application/x-www-form-urlencoded');
    expect(call.signature).toBe(signed(call.raw, SECRET));
  }
});

test('version 1 sends the few fields of old; without a token nothing is signed', async () => {
  await register('USER.CREATED', { version: '1' });
  const id = await person(await company('Umber'));
  const [call] = await receiver.arrived(1);
  expect(call?.signature).toBeUndefined();
  expect(Object.fromEntries(new URLSearchParams(call?.raw.toString()))).toMatchObject({
    event: 'USER.CREATED',
    objectId: id,
    accountId: expect.any(String) as string,
    userId: expect.any(String) as string,
  });
});

test('paused, disabled and removed hooks hear nothing; resumed and enabled ones do', async () => {
  const paused = await register('COMPANY.CREATED');
  const removed = await register('COMPANY.CREATED');
  await sandbox.call('PUT', `/webhooks/${paused}/pause.json`);
  await sandbox.call('DELETE', `/webhooks/${removed}.json`);
  await company('Unheard');
  await sandbox.call('PUT', `/webhooks/${paused}/resume.json`);
  await sandbox.call('PUT', '/webhooks/disable.json');
  await company('Unheard Too');
  await sandbox.call('PUT', '/webhooks/enable.json');
  await company('Heard');
  const calls = await receiver.arrived(1);
  expect(calls.map(jsonIn)).toMatchObject([{ company: { name: 'Heard' } }]);
});

test('what was refused tells nothing', async () => {
  await registerAll();
  await company('Umber');
  expect((await sandbox.post(`${COMPANIES}.json`, { company: { name: 'Umber' } })).status).toBe(409);
  await company('Last');
  const calls = await receiver.arrived(2);
  expect(calls.map(jsonIn)).toMatchObject([{ company: { name: 'Umber' } }, { company: { name: 'Last' } }]);
});

test('deliveries are listed newest first, with what was sent and answered, and sent again by uuid', async () => {
  const hook = await register('COMPANY.CREATED');
  await register('COMPANY.UPDATED');
  const id = await company('Umber');
  await receiver.arrived(1);
  receiver.replyWith(503);
  await company('Second');
  const [first, second] = await receiver.arrived(2);
  const listed = async () =>
    ((await sandbox.get(`/webhooks/${hook}/deliveries.json`)).body as { deliveries: { uuid: string }[] })
      .deliveries;
  await until(async () => (await listed()).length === 2);
  expect(await listed()).toMatchObject([
    { id: String(hook), uuid: second?.uuid, version: '2', response: { code: '503' } },
    {
      uuid: first?.uuid,
      event: 'COMPANY.CREATED',
      url: receiver.url,
      dateCalled: expect.stringMatching(/:\d\dZ$/) as string,
      request: {
        body: first?.raw.toString(),
        headers: expect.stringContaining(signed(first?.raw ?? Buffer.alloc(0), SECRET)) as string,
      },
      response: { code: '200' },
    },
  ]);

  receiver.replyWith(200);
  const again = await sandbox.post(`/webhooks/${hook}/redeliver.json`, { uuid: first?.uuid });
  expect([again.status, again.body]).toEqual([200, { STATUS: 'OK' }]);
  const [, , third] = await receiver.arrived(3);
  expect([third?.uuid, third && jsonIn(third)]).toMatchObject([first?.uuid, { company: { id } }]);
  expect((await sandbox.post(`/webhook/${hook}/redeliver.json`, { uuid: 'other' })).status).toBe(404);
  expect((await sandbox.post('/webhooks/999/redeliver.json', { uuid: first?.uuid })).status).toBe(404);
});
