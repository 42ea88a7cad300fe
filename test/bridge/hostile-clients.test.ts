/** Clients that are slow, endless or wrong about lengths, on sockets of their own. */
import { openBridge, signatureOf, type OpenBridge } from '../support/bridge-over-http';

let bridge: OpenBridge;
beforeAll(async () => {
  bridge = await openBridge();
});
afterAll(() => bridge.close());

const body = '{"company":{"id":5}}';

function head(more: readonly string[], signature = signatureOf(body, bridge.secrets.teamwork)): string {
  return [
    `POST /webhooks/${bridge.site}/teamwork HTTP/1.1`,
    'Host: bridge',
    'Content-Type: application/json',
    'X-Projects-Event: COMPANY.UPDATED',
    'X-Projects-Delivery: raw-1',
    `X-Projects-Signature: ${signature}`,
    ...more,
    '',
    '',
  ].join('\r\n');
}

const statusOf = (answer: string) => Number(answer.split(' ')[1]);

afterEach(async () => {
  expect(await bridge.kept()).toEqual([]);
});

test('B1: headers that do not end are not waited for', async () => {
  expect(statusOf(await bridge.raw(`POST /webhooks/${bridge.site}/teamwork HTTP/1.1\r\nHost: bri`))).toBe(
    408,
  );
});

test('B1: a body that does not come is not waited for', async () => {
  expect(statusOf(await bridge.raw(head([`Content-Length: ${body.length}`]), body.slice(0, 5)))).toBe(408);
});

test('B1: a body that is announced as 50 MB is refused before it is sent', async () => {
  const answer = await bridge.raw(head([`Content-Length: ${50 * 1024 * 1024}`]));
  expect(statusOf(answer)).toBe(413);
});

test('B1: a body of 50 MB is refused, whether its length is told or not', async () => {
  const mebibyte = Buffer.alloc(1024 * 1024, 'a');
  const many = Array.from({ length: 50 }, () => mebibyte);
  expect(statusOf(await bridge.raw(head([`Content-Length: ${50 * mebibyte.length}`]), ...many))).toBe(413);

  const chunk = Buffer.concat([Buffer.from('100000\r\n'), mebibyte, Buffer.from('\r\n')]);
  const chunked = Array.from({ length: 50 }, () => chunk);
  const answer = await bridge.raw(head(['Transfer-Encoding: chunked']), ...chunked);
  expect([413, NaN]).toContain(statusOf(answer));
});

test('B1: without a signature the body is not read at all', async () => {
  const unsigned = head([`Content-Length: ${body.length}`]).replace(/X-Projects-Signature: .*\r\n/, '');
  expect(statusOf(await bridge.raw(unsigned))).toBe(401);
});

test('B1: two lengths that differ are refused', async () => {
  const answer = await bridge.raw(head(['Content-Length: 3', `Content-Length: ${body.length}`]), body);
  expect(statusOf(answer)).toBe(400);
});

test('B1: a body shorter than what was signed is not the one signed', async () => {
  const cut = body.slice(0, -1);
  expect(statusOf(await bridge.raw(head([`Content-Length: ${cut.length}`, 'Connection: close']), cut))).toBe(
    401,
  );
});
