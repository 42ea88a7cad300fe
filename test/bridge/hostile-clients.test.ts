/** Clients that are slow, endless or wrong about lengths, on sockets of their own. */
import { once } from 'node:events';
import { connect } from 'node:net';
import { mostConnections } from '../../src/bridge/app';
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

test('B1: more than 16 KiB of headers are refused', async () => {
  const answer = await bridge.raw(head([`X-Long: ${'a'.repeat(16 * 1024)}`, 'Content-Length: 0']));
  expect(statusOf(answer)).toBe(431);
});

test('B1: of clients that only connect no more are held than there is room for, and none of them for long', async () => {
  const { hostname, port } = new URL(bridge.url);
  const ends: Promise<string>[] = [];
  // No more at once than the system keeps until they are accepted: of others the client alone would think that they are open.
  while (ends.length < mostConnections + 200) {
    const opened = Array.from({ length: 100 }, () => {
      const socket = connect(Number(port), hostname);
      const got: Buffer[] = [];
      socket.on('data', (chunk) => got.push(chunk));
      socket.on('error', () => undefined);
      ends.push(
        new Promise((done) => socket.once('close', () => done(Buffer.concat(got).toString('latin1')))),
      );
      return once(socket, 'connect');
    });
    await Promise.all(opened);
  }
  const answers = await Promise.all(ends);
  const held = answers.filter((answer) => answer !== '');
  expect(held.length).toBeLessThanOrEqual(mostConnections);
  expect(held.length).toBeGreaterThan(0);
  expect(new Set(held.map(statusOf))).toEqual(new Set([408]));
  expect((await fetch(`${bridge.url}/healthz`)).status).toBe(200);
});
