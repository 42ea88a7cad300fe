/** Each site and side is called at its own address with its own credential; a replaced one is taken up within seconds. */
import { siteApis } from '../../src/apis/site-apis';
import type { Access } from '../../src/ports/apis';
import { json, recordingPermit, serve, type Told } from './over-http';

const servers: Told[] = [];
afterEach(async () => {
  for (const server of servers.splice(0)) await server.close();
});

const user = { id: 5, role: 'admin', isAdmin: true };

async function aVendor(): Promise<Told> {
  const server = await serve(json({ user, person: user }));
  servers.push(server);
  return server;
}

const callsOf = ({ requests }: Told) =>
  requests.map(({ url, headers }) => `${url.pathname} ${headers.authorization ?? ''}`);
const basic = (key: string) => `Basic ${Buffer.from(`${key}:x`).toString('base64')}`;

async function twoSites() {
  const acme = await aVendor();
  const zeta = await aVendor();
  const tokens = { acme: 'a', zeta: 'z' };
  const accessTo = (site: string): Promise<Access> => {
    const [url, name] = site === 'acme' ? [acme.url, tokens.acme] : [zeta.url, tokens.zeta];
    const credentials = { teamwork: `${name}-teamwork`, desk: `${name}-desk` };
    return Promise.resolve({ url, credentials, ownerCompanyId: '1' });
  };
  return { acme, zeta, tokens, apis: siteApis({ accessTo, timeoutMs: 5_000, fileHosts: [] }) };
}

test('each site and each side of it is called with what is its own', async () => {
  const { acme, zeta, apis } = await twoSites();
  for (let round = 0; round < 2; round++) {
    for (const site of ['acme', 'zeta']) {
      for (const side of ['teamwork', 'desk'] as const) {
        const api = await apis.of(site, side);
        await api.account(recordingPermit());
      }
    }
  }
  const ownOf = (name: string) => [
    `/projects/api/v3/me.json ${basic(`${name}-teamwork`)}`,
    `/desk/api/v2/me.json Bearer ${name}-desk`,
  ];
  expect(callsOf(acme)).toEqual([...ownOf('a'), ...ownOf('a')]);
  expect(callsOf(zeta)).toEqual([...ownOf('z'), ...ownOf('z')]);
});

test('a replaced credential is taken up after two seconds', async () => {
  const { acme, tokens, apis } = await twoSites();
  const now = jest.spyOn(Date, 'now').mockReturnValue(1_000_000);
  try {
    for (const at of [1_000_000, 1_001_000, 1_002_000]) {
      now.mockReturnValue(at);
      await (await apis.of('acme', 'desk')).account(recordingPermit());
      tokens.acme = 'new';
    }
  } finally {
    now.mockRestore();
  }
  expect(callsOf(acme).map((call) => call.split(' ').at(-1))).toEqual(['a-desk', 'a-desk', 'new-desk']);
});
