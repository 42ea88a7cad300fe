/** The vendors' hooks on a listening server: what is kept, what is refused, and that a refusal leaves nothing. */
import { gzipSync } from 'node:zlib';
import { openBridge, signatureOf, type OpenBridge, type Post } from '../support/bridge-over-http';

let bridge: OpenBridge;
beforeEach(async () => {
  bridge = await openBridge();
});
afterEach(() => bridge.close());

const form = { 'Content-Type': 'application/x-www-form-urlencoded' };

describe('B1: a delivery that is', () => {
  test.each<[string, Post, object]>([
    ['a changed company', {}, { side: 'teamwork', kind: 'company', id: '5', news: 'changed' }],
    [
      'a deleted company',
      { event: 'COMPANY.DELETED', body: '{"id":7,"eventCreator":{"id":1}}' },
      { kind: 'company', id: '7', news: 'deleted' },
    ],
    [
      'a created user',
      { event: 'USER.CREATED', body: '{"user":{"id":"8","firstName":"Ada"},"eventCreator":{"id":1}}' },
      { kind: 'customer', id: '8', news: 'changed' },
    ],
    [
      'a form',
      { event: 'USER.UPDATED', headers: form, body: 'EventCreator.ID=1&User.FirstName=Ada&User.ID=9' },
      { kind: 'customer', id: '9', news: 'changed' },
    ],
    [
      'a deletion as a form',
      { event: 'COMPANY.DELETED', headers: form, body: 'ID=10&EventCreator.ID=1' },
      { kind: 'company', id: '10', news: 'deleted' },
    ],
    [
      'an edited customer of Desk',
      { side: 'desk', body: '{"customer":{"id":11,"company":""},"eventCreatorId":2}' },
      { side: 'desk', kind: 'customer', id: '11', news: 'changed' },
    ],
    [
      'a deleted customer of Desk',
      { side: 'desk', event: 'customer.deleted', body: '{"id":12}' },
      { side: 'desk', kind: 'customer', id: '12', news: 'deleted' },
    ],
    [
      'JSON with a charset',
      {
        headers: { 'Content-Type': 'application/json; charset=utf-8' },
        body: '{"company":{"id":13,"name":"Zoë"}}',
      },
      { kind: 'company', id: '13' },
    ],
  ])('%s is kept before it is acknowledged', async (_what, post, expected) => {
    const answer = await bridge.post(post);
    expect([answer.status, await answer.json()]).toEqual([200, { delivery: 'waiting' }]);
    expect(await bridge.kept()).toMatchObject([{ ...expected, outcome: 'waiting' }]);
    expect(bridge.pokes()).toBe(1);
  });

  test.each<[string, Post]>([
    ['an event of another family', { event: 'TASK.CREATED', body: '{"task":{"id":5}}' }],
    ['an event that is not made yet', { event: 'COMPANY.ADMIRED' }],
    ['of a ticket', { side: 'desk', event: 'ticket.created', body: '{"ticket":{"id":5}}' }],
  ])('%s is acknowledged and noted', async (_what, post) => {
    expect((await bridge.post(post)).status).toBe(200);
    expect(await bridge.kept()).toMatchObject([{ kind: null, id: null, outcome: 'noted' }]);
  });

  test('sent twice under one id has one effect, and so has an equal one under another id', async () => {
    const once = { delivery: 'one-and-the-same' };
    const answers = [await bridge.post(once), await bridge.post(once), await bridge.post()];
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
    expect((await bridge.kept()).map(({ outcome }) => outcome)).toEqual(['waiting', 'coalesced']);
  });
});

describe('B1: 4xx at once, nothing kept, and the next good delivery is fine:', () => {
  afterEach(async () => {
    expect(await bridge.kept()).toEqual([]);
    expect(bridge.pokes()).toBe(0);
    expect((await bridge.post()).status).toBe(200);
  });

  const good = '{"company":{"id":5}}';
  test.each<[string, string | undefined]>([
    ['missing', undefined],
    ['empty', ''],
    ['cut', 'a'.repeat(63)],
    ['too long', 'a'.repeat(65)],
    ['very long', 'a'.repeat(8_000)],
    ['not hex', 'z'.repeat(64)],
    ['of another body', signatureOf('{"company":{"id":6}}', 'x')],
    ['with a prefix', `sha256=${'a'.repeat(64)}`],
  ])('a signature that is %s', async (_what, signature) => {
    expect((await bridge.post({ headers: { 'X-Projects-Signature': signature } })).status).toBe(401);
  });

  test('a signature over the body in other bytes', async () => {
    const spaced = signatureOf('{"company": {"id": 5}}', bridge.secrets.teamwork);
    const answer = await bridge.post({ body: good, headers: { 'X-Projects-Signature': spaced } });
    expect(answer.status).toBe(401);
  });

  test("another site's secret, the other side's, and a site that is not there", async () => {
    const other = await bridge.connected();
    for (const post of [
      { secret: other.secrets.teamwork },
      { secret: bridge.secrets.desk },
      { side: 'desk', secret: bridge.secrets.teamwork } as const,
      { site: 'nowhere' },
      { site: '%00' },
      { site: 'Robert%27%29%3B drop table sites%3B--' },
    ]) {
      expect((await bridge.post(post)).status).toBe(401);
    }
    expect(await bridge.kept(other.site)).toEqual([]);
  });

  test.each<[string, number, Post]>([
    ['a form where JSON is due', 400, { body: 'Company.ID=5' }],
    ['JSON where a form is due', 400, { headers: form, body: good }],
    ['JSON that breaks off', 400, { body: '{"company":{"id":5}' }],
    ['JSON that is no object', 400, { body: '[5]' }],
    ['no body', 400, { body: '' }],
    ['bytes that are no text', 400, { body: Buffer.from([0x7b, 0xff, 0xfe, 0x7d]) }],
    ['a body without an id', 400, { body: '{"company":{"name":"Acme"}}' }],
    ['an id that is none', 400, { body: '{"company":{"id":"5; drop table"}}' }],
    ['an id beyond what a number holds', 400, { body: '{"company":{"id":12345678901234567890}}' }],
    ['__proto__', 400, { body: '{"company":{"id":5},"__proto__":{"polluted":true}}' }],
    ['__proto__ further in', 400, { body: '{"company":{"id":5,"a":[{"__proto__":{"polluted":true}}]}}' }],
    ['__proto__ in a form', 400, { headers: form, body: 'Company.ID=5&__proto__.polluted=1' }],
    [
      'lists in lists',
      400,
      { body: `{"company":{"id":5},"a":${'['.repeat(100_000)}${']'.repeat(100_000)}}` },
    ],
    [
      'objects in objects',
      400,
      { body: `{"company":{"id":5},"a":${'{"a":'.repeat(30_000)}1${'}'.repeat(30_000)}}` },
    ],
    ['no event', 400, { headers: { 'X-Projects-Event': undefined } }],
    ['no delivery id', 400, { headers: { 'X-Projects-Delivery': undefined } }],
    ['a delivery id that is too long', 400, { delivery: 'a'.repeat(200) }],
    ['a body of text', 415, { headers: { 'Content-Type': 'text/plain' } }],
    ['a body of several parts', 415, { headers: { 'Content-Type': 'multipart/form-data; boundary=x' } }],
    ['a form for Desk, which sends none', 415, { side: 'desk', headers: form, body: 'Customer.ID=5' }],
    ['a compressed body', 415, { headers: { 'Content-Encoding': 'gzip' }, body: gzipSync(good) }],
    ['a body of more than 256 KiB', 413, { body: `{"company":{"id":5,"name":"${'a'.repeat(262_144)}"}}` }],
  ])('%s', async (_what, status, post) => {
    expect((await bridge.post(post)).status).toBe(status);
    expect(Object.hasOwn(Object.prototype, 'polluted')).toBe(false);
  });
});

test('B1: a long list that is not deep is taken', async () => {
  const body = `{"company":{"id":5},"tags":[${'0,'.repeat(100_000)}0]}`;
  expect((await bridge.post({ body })).status).toBe(200);
});

describe('B1: during a rotation', () => {
  test('both secrets are taken, until the vendor signs with the new one', async () => {
    const { store, site, secrets } = bridge;
    const statusOf = async (secret: string) => (await bridge.post({ secret })).status;
    expect(await statusOf(secrets.teamwork)).toBe(200);
    await store.rotateHookSecret(site, 'teamwork');
    const renewed = (await store.hookSecrets(site, 'teamwork'))?.current ?? '';
    expect(await statusOf(renewed)).toBe(200);
    expect(await statusOf(secrets.teamwork)).toBe(200);
    await store.confirmHookSecret(site, 'teamwork', renewed);
    while ((await statusOf(secrets.teamwork)) === 200);
    expect(await statusOf(renewed)).toBe(200);
  });
});

test('B8: /metrics counts what was answered and what waits', async () => {
  await bridge.post();
  await bridge.post({ secret: 'wrong' });
  const text = await (await fetch(`${bridge.url}/metrics`)).text();
  const lines = text.split('\n');
  expect(lines).toContain('teamwork_desk_sync_deliveries_total{side="teamwork",outcome="waiting"} 1');
  expect(lines).toContain('teamwork_desk_sync_deliveries_total{side="teamwork",outcome="not_signed"} 1');
  expect(lines).toContain('teamwork_desk_sync_store_up 1');
  expect(lines).toContain(`teamwork_desk_sync_deliveries_waiting{site="${bridge.site}"} 1`);
});
