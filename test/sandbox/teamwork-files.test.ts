/** Pictures: reserved, uploaded, used once, served. And the registration of webhooks. */
import { HandClock } from '../support/desk-over-http';
import type { OpenSandbox } from '../support/sandbox-over-http';
import { openSandbox } from '../support/sandbox-over-http';

let sandbox: OpenSandbox;
let person = '';
const clock = new HandClock();
const PICTURE = Buffer.from('89504e470d0a1a0a', 'hex');

beforeAll(async () => {
  sandbox = await openSandbox({ clock });
});
afterAll(() => sandbox.close());
beforeEach(() => {
  sandbox.ctx.reset({ seed: 1, companies: 1, people: 1, scenario: 'empty-desk' });
  person = String([...sandbox.ctx.world.tables.teamworkPeople.all()].at(-1)?.id);
});

async function reserve(size = PICTURE.length): Promise<{ ref: string; url: string }> {
  const path = `/projects/api/v1/pendingfiles/presignedurl.json?fileName=a.png&fileSize=${size}`;
  return (await sandbox.get(path)).body as { ref: string; url: string };
}
const upload = (url: string, headers: Record<string, string> = { 'X-Amz-Acl': 'public-read' }) =>
  sandbox.call('PUT', url, PICTURE, { token: null, headers: { 'Content-Type': 'image/png', ...headers } });
const use = (ref: string) =>
  sandbox.call('PUT', `/people/${person}.json`, { person: { avatarPendingFileRef: ref } });
async function avatar(): Promise<string> {
  return (
    /"avatarUrl":"([^"]*)"/.exec((await sandbox.get(`/projects/api/v3/people/${person}.json`)).text)?.[1] ??
    ''
  );
}

test('a presigned upload becomes the avatar, under a new address, and serves once', async () => {
  const { ref, url } = await reserve();
  expect(url).toContain('X-Amz-SignedHeaders=content-length%3Bhost%3Bx-amz-acl');
  expect((await upload(url)).status).toBe(200);
  expect((await use(ref)).status).toBe(200);
  const address = await avatar();
  expect(address.startsWith(`${sandbox.address}/files/`)).toBe(true);
  const served = await fetch(address);
  expect(served.headers.get('content-type')).toBe('image/png');
  expect(Buffer.from(await served.arrayBuffer())).toEqual(PICTURE);
  expect(await use(ref)).toMatchObject({
    status: 422,
    body: { MESSAGE: 'Temporary file reference not found' },
  });
  await sandbox.call('PUT', `/people/${person}.json`, { person: { removeAvatar: true } });
  expect(await avatar()).toBe('');
});

test.each([
  ['before its bytes have arrived', async () => use((await reserve()).ref), 422],
  ['with another size than announced', async () => upload((await reserve(3)).url), 403],
  ['without the signed header', async () => upload((await reserve()).url, {}), 403],
  ['with a credential', async () => upload((await reserve()).url, { Authorization: 'Bearer token-a' }), 400],
])('refused %s', async (_name, act, status) => {
  expect((await act()).status).toBe(status);
});

test('an address lives ten minutes', async () => {
  const { url } = await reserve();
  clock.forward(601);
  expect((await upload(url)).status).toBe(403);
});

test('uploads are no API calls: neither counted nor logged', async () => {
  const { url } = await reserve();
  const before = sandbox.ctx.calls.lastN();
  expect((await upload(url)).headers.get('x-ratelimit-limit')).toBeNull();
  expect(sandbox.ctx.calls.lastN()).toBe(before);
});

test('the older form upload, for a company’s logo', async () => {
  const form = new FormData();
  form.set('file', new File([PICTURE], 'logo.png', { type: 'image/png' }));
  const headers = { Authorization: 'Bearer token-a' };
  const answer = await fetch(`${sandbox.address}/pendingfiles.json`, { method: 'POST', body: form, headers });
  expect(answer.status).toBe(201);
  const { pendingFile } = (await answer.json()) as { pendingFile: { ref: string } };
  const made = await sandbox.post('/projects/api/v3/companies.json', {
    company: { name: 'With Logo', logoPendingFileRef: pendingFile.ref },
  });
  const logo = /"logoUrl":"([^"]+)"/.exec(made.text)?.[1] ?? '';
  expect(Buffer.from(await (await fetch(logo)).arrayBuffer())).toEqual(PICTURE);
  expect((await sandbox.post('/pendingfiles.json', {})).status).toBe(422);
});

describe('webhooks', () => {
  const url = 'http://127.0.0.1:9/hook';
  const register = (webhook: object) => sandbox.post('/webhooks.json', { webhook });

  test('registered, read, paused, resumed, changed, removed', async () => {
    const created = await register({
      event: 'COMPANY.UPDATED',
      url,
      version: '2',
      contentType: 'application/json',
      token: 's',
    });
    expect(created.status).toBe(201);
    const { id } = created.body as { id: number };
    const item = { id: String(id), event: 'COMPANY.UPDATED', status: 'ACTIVE', url, validated: '1' };
    expect((await sandbox.get('/webhooks.json')).body).toEqual({ STATUS: 'OK', webhooks: [item] });
    const status = async () =>
      ((await sandbox.get(`/webhooks/${id}.json`)).body as { webhook: typeof item }).webhook.status;
    await sandbox.call('PUT', `/webhooks/${id}/pause.json`);
    expect(await status()).toBe('PAUSED');
    await sandbox.call('PUT', `/webhooks/${id}/resume.json`);
    expect(await status()).toBe('ACTIVE');
    await sandbox.call('PUT', `/webhooks/${id}.json`, { webhook: { event: 'USER.DELETED' } });
    expect((await sandbox.get(`/webhooks/${id}.json`)).body).toMatchObject({
      webhook: { event: 'USER.DELETED', url },
    });
    expect((await sandbox.get(`/webhooks/${id}/deliveries.json`)).body).toEqual({
      STATUS: 'OK',
      deliveries: [],
    });
    expect((await sandbox.call('DELETE', `/webhooks/${id}.json`)).body).toEqual({ STATUS: 'OK' });
    expect((await sandbox.get(`/webhooks/${id}.json`)).status).toBe(404);
  });

  test('the events are listed; others and unusable addresses are refused', async () => {
    expect((await sandbox.get('/webhooks/events.json')).text).toContain('"name":"USER.CREATED"');
    expect((await register({ event: 'CONTACT.CREATED', url })).status).toBe(422);
    expect((await register({ event: 'USER.CREATED', url: 'ftp://x' })).status).toBe(422);
    expect((await sandbox.post('/webhooks.json', {})).status).toBe(422);
  });

  test('administrators only', async () => {
    await sandbox.control('/token', { token: 'token-b', role: 'member' });
    expect((await sandbox.get('/webhooks.json', { token: 'token-b' })).status).toBe(403);
    expect((await sandbox.call('PUT', '/webhooks/enable.json', undefined, { token: 'token-b' })).status).toBe(
      403,
    );
    expect((await sandbox.call('PUT', '/webhooks/enable.json')).status).toBe(200);
  });
});
