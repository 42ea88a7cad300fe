import { fetchPicture, largestPictureBytes, uploadPicture } from '../../src/apis/pictures';
import {
  client,
  failureOf,
  json,
  openSandbox,
  raw,
  recordingPermit,
  serve,
  type AnswerOf,
} from './over-http';

const png = Buffer.from('89504e470d0a1a0a', 'hex');
const aPicture: AnswerOf = (_url, response) =>
  response.writeHead(200, { 'content-type': 'image/png' }).end(png);

describe('R8: an avatar goes to Teamwork.com as an upload', () => {
  const permit = recordingPermit();

  test('fetched from the site, put to the address asked for, written by its reference, and taken away again', async () => {
    const sandbox = await openSandbox();
    const api = sandbox.teamwork;
    const bytesAt = async (url: string) => Buffer.from(await (await fetch(url)).arrayBuffer());
    const { id: company } = await api.create(permit, 'company', { name: 'Pictured Ltd' });
    const avatar = `${sandbox.url}/files/avatars/person-3.png`;
    const values = { firstName: 'Ann', lastName: 'Ba', email: 'ann@pictured.test', company, avatar };

    expect(api.needsPreparing('customer', 'create', values)).toBe(true);
    const preparation = await api.prepare(permit, 'customer', null, values);
    const { id } = await api.create(permit, 'customer', values, preparation);
    const shown = String((await api.read(permit, 'customer', id)).fields.avatar);
    expect(shown).toMatch(/\/files\/avatars\/twia_/);
    expect(await bytesAt(shown)).toEqual(await bytesAt(avatar));

    expect(api.needsPreparing('customer', 'update', { avatar: '' })).toBe(false);
    await api.update(permit, 'customer', id, { avatar: '' });
    expect((await api.read(permit, 'customer', id)).fields.avatar).toBe('');
    await sandbox.close();
  });

  test.each<[string, AnswerOf]>([
    ['a refusal', raw('', 404)],
    ['a web page', raw('<html>', 200, { 'content-type': 'text/html' })],
    ['a drawing that can run scripts', raw('<svg/>', 200, { 'content-type': 'image/svg+xml' })],
    ['nothing', raw('', 200, { 'content-type': 'image/png' })],
    ['a redirect', raw('', 302, { location: 'http://127.0.0.1:1/' })],
    ['too much', raw('x'.repeat(largestPictureBytes + 1), 200, { 'content-type': 'image/png' })],
  ])(
    '%s in place of the picture: the write goes without, and no upload is asked for',
    async (_what, answer) => {
      const server = await serve(answer);
      const api = client('teamwork', server.url);
      expect(await api.prepare(permit, 'customer', '7', { avatar: `${server.url}/a.png` })).toEqual({
        pictureRef: null,
      });
      expect(server.requests.map(({ url }) => url.pathname)).toEqual(['/a.png']);
      await server.close();
    },
  );

  test('a file storage that is away is tried again; its address, which may be signed, is not told', async () => {
    const server = await serve(raw('', 503));
    const prepared = client('teamwork', server.url).prepare(permit, 'customer', '7', {
      avatar: `${server.url}/a.png?X-Amz-Signature=secret`,
    });
    const error = await failureOf(prepared);
    expect(error.kind).toBe('unavailable');
    expect(error.message).not.toContain('secret');
    await server.close();
  });

  test('an upload address on another host is not reached', async () => {
    const stranger = await serve(json({}));
    const server = await serve((url, response, method) => {
      if (url.pathname === '/a.png') aPicture(url, response, method);
      else json({ ref: 'tf_1.png', url: `${stranger.url}/put` })(url, response, method);
    });
    const api = client('teamwork', server.url);
    expect(await api.prepare(permit, 'customer', '7', { avatar: `${server.url}/a.png` })).toEqual({
      pictureRef: null,
    });
    expect(stranger.requests).toEqual([]);
    await Promise.all([server.close(), stranger.close()]);
  });
});

describe('R8: only the site and the vendors’ file hosts are reached', () => {
  test.each([
    ['another address', 'PRIVATE/a.png'],
    ['an address as a number', 'http://2130706433/a.png'],
    ['a listed host that is private', 'https://localhost/a.png'],
    ['a listed host without TLS', 'http://localhost/a.png'],
    ['a listed host on another port', 'https://localhost:8443/a.png'],
    ['a user in the address', 'https://me@localhost/a.png'],
    ['a host that only ends alike', 'https://evilfiles.test/a.png'],
    ['a file', 'file:///etc/passwd'],
    ['no address', 'a picture of Ann\n'],
  ])('%s', async (_what, address) => {
    const secretHost = await serve(aPicture);
    const rules = {
      siteUrl: 'http://127.0.0.1:9',
      fileHosts: ['localhost', '.files.test', '127.0.0.1'],
      timeoutMs: 2_000,
    };
    const url = address.replace('PRIVATE', secretHost.url);
    const picture = { bytes: png, contentType: 'image/png', extension: 'png' };
    const isPath = !/^[a-z]+:/.test(url);
    // A text without a scheme is a path below the site, which is away here.
    if (isPath) await expect(fetchPicture(rules, url)).rejects.toThrow(/127\.0\.0\.1:9 could not be moved/);
    else
      expect([await fetchPicture(rules, url), await uploadPicture(rules, url, picture)]).toEqual([
        null,
        false,
      ]);
    expect(secretHost.requests).toEqual([]);
    await secretHost.close();
  });
});
