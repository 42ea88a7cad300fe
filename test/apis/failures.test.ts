import { createSideApi } from '../../src/apis/side-api';
import type { ErrorKind } from '../../src/domain/errors';
import type { SideApi } from '../../src/ports/apis';
import {
  client,
  failureOf,
  json,
  raw,
  recordingPermit,
  serve,
  token,
  type AnswerOf,
  type Told,
} from './over-http';

describe('what a call can end in', () => {
  let server: Told;
  afterEach(() => server.close());

  async function answering(answer: AnswerOf): Promise<SideApi> {
    server = await serve(answer);
    return client('teamwork', server.url);
  }
  const read = (api: SideApi) => failureOf(api.read(recordingPermit(), 'company', '42'));
  const write = (api: SideApi) =>
    failureOf(
      api.update(recordingPermit(), 'company', '42', { name: 'Wölfe & Söhne', email: 'wolf@wolf.test' }),
    );

  const kinds: readonly [number, ErrorKind, boolean][] = [
    [301, 'contract', true],
    [400, 'invalid', false],
    [401, 'auth', false],
    [402, 'forbidden', false],
    [403, 'forbidden', false],
    [404, 'gone', false],
    [405, 'contract', false],
    [408, 'unavailable', true],
    [409, 'conflict', false],
    [410, 'gone', false],
    [418, 'contract', false],
    [422, 'invalid', false],
    [429, 'rate_limited', false],
    [451, 'forbidden', false],
    [500, 'unavailable', true],
    [502, 'unavailable', true],
    [503, 'unavailable', true],
  ];
  test.each(kinds)(
    'a write answered %i is %s, effect unknown: %s (R15)',
    async (status, kind, effectUnknown) => {
      const error = await write(await answering(json({ message: 'no' }, status)));
      expect({ kind: error.kind, facts: error.facts }).toMatchObject({
        kind,
        facts: { status, effectUnknown },
      });
    },
  );
  test.each(kinds)('a read answered %i is %s and has no effect', async (status, kind) => {
    const error = await read(await answering(json({ message: 'no' }, status)));
    expect({ kind: error.kind, facts: error.facts }).toMatchObject({
      kind,
      facts: { status, effectUnknown: false },
    });
  });

  const company = { id: 42, name: 'Acme', website: '', emailOne: '', isOwner: false, status: 'active' };
  test.each<[string, AnswerOf]>([
    ['a web page', raw('<!doctype html><title>Log in</title>', 200, { 'content-type': 'text/html' })],
    ['nothing', raw('')],
    ['text', raw('pong')],
    ['a broken-off record', raw(JSON.stringify({ company }).slice(0, 30))],
    ['a list', json([company])],
    ['errors', json({ errors: [{ title: 'conflict' }] })],
    ['errors beside the record', json({ company, Errors: { name: ['must be set'] } })],
    ["v1's error with a success code", json({ STATUS: 'Error', MESSAGE: 'no' })],
    ['another envelope', json({ data: company })],
    ['another record', json({ company: { ...company, id: 43 } })],
    ['a record of another shape', json({ company: { ...company, name: ['Acme'] } })],
  ])('200 with %s is a failed read, never a value (R23)', async (_what, answer) => {
    expect((await read(await answering(answer))).kind).toBe('contract');
  });
  test.each<[string, AnswerOf]>([
    ['a web page', raw('<html>')],
    ['half an answer', raw('{"company":{"id"')],
    ['errors', json({ errors: { name: ['x'] } })],
    ['another record', json({ company: { ...company, id: 43 } })],
  ])('a write answered 200 with %s may have taken effect (R15)', async (_what, answer) => {
    const error = await write(await answering(answer));
    expect([error.kind, error.facts.effectUnknown]).toEqual(['contract', true]);
  });
  test('a write of a person that v1 answers 200 with an error is not taken as made (R15)', async () => {
    const api = await answering(json({ STATUS: 'Error', MESSAGE: 'no' }));
    const error = await failureOf(api.update(recordingPermit(), 'customer', '42', { lastName: 'Byron' }));
    expect([error.kind, error.facts.effectUnknown]).toEqual(['contract', true]);
  });
  test('empty errors beside a record are none', async () => {
    const api = await answering(json({ company, errors: [] }));
    expect((await api.read(recordingPermit(), 'company', '42')).fields.name).toBe('Acme');
  });
  test('a 404 that is a web page does not say that the record is gone (R23)', async () => {
    expect((await read(await answering(raw('<html>not here', 404)))).kind).toBe('contract');
  });
  test('a 404 of a whole listing is a wrong address, not a missing record (R23)', async () => {
    const api = await answering(json({ message: 'Not Found' }, 404));
    expect((await failureOf(api.list(recordingPermit(), 'company', null))).kind).toBe('contract');
  });
  test('a record marked as deleted is gone (R23)', async () => {
    expect((await read(await answering(json({ company: { ...company, status: 'deleted' } })))).kind).toBe(
      'gone',
    );
  });

  test('an answer larger than any listing is not read to its end', async () => {
    const api = await answering((_url, response) => {
      response.writeHead(200);
      const more = () => {
        while (response.write('x'.repeat(1_000_000)));
      };
      response.on('drain', more);
      more();
    });
    expect((await read(api)).message).toContain('too large');
  });
  test('a redirect is not followed, and only its host is told', async () => {
    let followed = false;
    const elsewhere = await serve((_url, response) => {
      followed = true;
      response.end('{}');
    });
    const error = await read(
      await answering(raw('', 302, { location: `${elsewhere.url}/login?token=${token}` })),
    );
    await elsewhere.close();
    expect([error.kind, followed]).toEqual(['contract', false]);
    expect(error.message).toContain(new URL(elsewhere.url).host);
    expect(error.message).not.toContain('login');
  });
  test('a connection cut before any answer: a write may have taken effect, a read never', async () => {
    const api = await answering((_url, response) => response.socket?.resetAndDestroy());
    expect((await write(api)).facts).toEqual({ status: null, effectUnknown: true });
    expect((await read(api)).facts).toEqual({ status: null, effectUnknown: false });
  });
  test('an answer cut in its middle: unavailable, and a write may have taken effect', async () => {
    const api = await answering((_url, response) => {
      response.writeHead(200, { 'content-length': '1000' }).write('{"company":');
      setTimeout(() => response.socket?.resetAndDestroy(), 20);
    });
    const error = await write(api);
    expect([error.kind, error.facts.effectUnknown]).toEqual(['unavailable', true]);
  });
  test('no answer in time: unavailable, and a write may have taken effect', async () => {
    server = await serve(() => undefined);
    const api = client('teamwork', server.url, '1', 50);
    const error = await failureOf(api.update(recordingPermit(), 'company', '42', { name: 'x' }));
    expect([error.kind, error.facts]).toEqual(['unavailable', { status: null, effectUnknown: true }]);
  });
  test('a connection that was never made carried no write', async () => {
    server = await serve(() => undefined);
    const nobody = client('teamwork', server.url);
    await server.close();
    const error = await failureOf(nobody.create(recordingPermit(), 'company', { name: 'x' }));
    expect([error.kind, error.facts]).toEqual(['unavailable', { status: null, effectUnknown: false }]);
  });

  test('the message names side, call and status, no value, no query, no credential, no text of the vendor', async () => {
    const api = await answering(json({ errors: [{ detail: 'Wölfe & Söhne wolf@wolf.test is wrong' }] }, 422));
    const { message } = await write(api);
    expect(message).toBe(
      'Teamwork.com: PATCH /projects/api/v3/companies/42.json was answered 422: the values were refused; ' +
        'correct the record on the side they come from',
    );
    const search = await failureOf(api.find(recordingPermit(), 'company', 'Wölfe & Söhne'));
    expect(search.message).not.toMatch(/W.lfe|secret|c2Vjcm/);
  });
  test('a key goes to Teamwork.com as Basic user name, an OAuth token as Bearer, to Desk always as Bearer; never in the URL', async () => {
    const me = { person: { id: 7, companyId: 1, inOwnerCompany: true, isAdmin: true }, user: { id: 7 } };
    server = await serve(json(me));
    for (const [side, secret] of [
      ['teamwork', token],
      ['teamwork', 'tkn.v1_abc'],
      ['desk', token],
    ] as const) {
      const options = {
        side,
        url: server.url,
        token: secret,
        ownerCompanyId: null,
        timeoutMs: 5_000,
        fileHosts: [],
      };
      await createSideApi(options).account(recordingPermit());
    }
    expect(server.requests.map(({ headers }) => headers.authorization)).toEqual([
      `Basic ${Buffer.from(`${token}:x`).toString('base64')}`,
      'Bearer tkn.v1_abc',
      `Bearer ${token}`,
    ]);
    expect(server.requests.map(({ url }) => url.href).join()).not.toContain('secret');
  });
  test('a credential that no header can carry is refused before any call, and not repeated', async () => {
    server = await serve(() => undefined);
    const rest = { ownerCompanyId: null, timeoutMs: 1_000, fileHosts: [] };
    const options = { side: 'desk', url: server.url, ...rest } as const;
    expect(() => createSideApi({ ...options, token: 'sécret\nx' })).toThrow(/^(?!.*s.cret).*credential/s);
  });
  test('an id that is no number never becomes part of a path', async () => {
    const api = await answering(json({}));
    expect((await failureOf(api.read(recordingPermit(), 'company', '../people/1'))).kind).toBe('invalid');
    expect(server.requests).toEqual([]);
  });
});
