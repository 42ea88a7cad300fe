/** `connect` where it cannot: what is told, and that nothing is kept. */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exitCode } from '../../src/cli/failures';
import { connectSite } from '../../src/connect';
import { connecting, connectOn, newName } from './connecting';

const parts = connecting();
let elsewhere: Server;
beforeAll(() => {
  elsewhere = createServer((_, response) => response.end('<html>Hello</html>')).listen(0, '127.0.0.1');
});
afterAll(() => {
  elsewhere.close();
});
const connect = (argv: string, credentials?: { teamwork?: string; desk?: string }) =>
  connectOn(parts, argv, credentials);

describe('nothing is stored, and each side has a line of its own, when', () => {
  async function refused(
    url: string,
    credentials = { teamwork: 'token-a', desk: 'token-a' },
  ): Promise<string[]> {
    const name = newName();
    const { code, err } = await connect(`--site ${name} --url ${url}`, credentials);
    expect([code, await parts.engine.store.site(name)]).toEqual([exitCode.failed, null]);
    return err.trimEnd().split('\n');
  }

  test('a token is wrong', async () => {
    expect(await refused(parts.sandbox.address, { teamwork: 'token-a', desk: 'wrong' })).toEqual([
      expect.stringMatching(/^Teamwork Desk refuses the token \(HTTP 401\)/),
    ]);
  });

  test('a token cannot be sent at all', async () => {
    expect(await refused(parts.sandbox.address, { teamwork: 'token a', desk: 'token-a' })).toEqual([
      expect.stringMatching(/^Teamwork\.com refuses the token/),
    ]);
  });

  test.each(['member', 'none'])('the user is a %s', async (role) => {
    await parts.sandbox.control('/token', { token: 'token-b', role });
    expect(await refused(parts.sandbox.address, { teamwork: 'token-b', desk: 'token-b' })).toEqual([
      expect.stringMatching(/Teamwork\.com .*(rights|refuses)/),
      expect.stringMatching(/Desk .*(rights|refuses)/),
    ]);
  });

  test('the host does not answer', async () => {
    expect(await refused('http://127.0.0.1:9')).toEqual([
      expect.stringMatching(/^Teamwork\.com cannot be reached/),
      expect.stringMatching(/^Teamwork Desk cannot be reached/),
    ]);
  });

  test('something else answers', async () => {
    expect(await refused(`http://127.0.0.1:${(elsewhere.address() as AddressInfo).port}`)).toEqual([
      expect.stringContaining('does not speak like Teamwork.com'),
      expect.stringContaining('does not speak like Teamwork Desk'),
    ]);
  });

  test('its address is without TLS, wherever it came from: as of TEAMWORK_URL', async () => {
    const credentials = { teamwork: 'token-a', desk: 'token-a' };
    const site = newName();
    const asked = connectSite(parts.engine, { site, url: 'http://acme.example.test', credentials });
    await expect(asked).rejects.toThrow(`Site ${site} at http://acme.example.test: Expected https`);
    expect(await parts.engine.store.site(site)).toBeNull();
  });

  test('a token is missing', async () => {
    const { code, err } = await connect(`--site ${newName()} --url ${parts.sandbox.address}`, {
      teamwork: 'token-a',
    });
    expect([code, err]).toEqual([exitCode.failed, expect.stringContaining('needs both tokens')]);
  });
});

test('no answer and no complaint holds a token', async () => {
  const { out, err } = await connect(`--site ${newName()} --url http://127.0.0.1:9`, {
    teamwork: 'secret-1',
    desk: 'secret-2',
  });
  expect(out + err).not.toMatch(/secret-/);
});
