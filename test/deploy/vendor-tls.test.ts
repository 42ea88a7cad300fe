/** A vendor who cannot prove its name is sent nothing: no credential, not even a request (ASVS 12.2.1). */
import { createServer, type Server } from 'node:https';
import { readFileSync } from 'node:fs';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { authorityIn, type Issued } from '../support/certificates';
import { createMigratedDatabase, type TestDatabase } from '../support/database';
import { runToEnd } from '../support/process';
import { temporalAddress } from '../support/temporal';
import { temporaryFolder } from '../support/temporary-folder';

const folder = temporaryFolder();
let database: TestDatabase;
beforeAll(async () => {
  database = await createMigratedDatabase();
});
afterAll(() => database.drop());

/** What `connect --test` says of a vendor with that certificate, and how often it was asked for something. */
async function tried(shown: Issued, trusted: string) {
  let requests = 0;
  const server: Server = createServer(
    { cert: readFileSync(shown.certFile), key: readFileSync(shown.keyFile) },
    (_, response) => {
      requests++;
      response.writeHead(401).end('{}');
    },
  );
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const { port } = server.address() as AddressInfo;
  const { err } = await runToEnd(
    'cli/main',
    {
      DATA_DIR: folder,
      DATABASE_URL: database.url,
      TEMPORAL_ADDRESS: temporalAddress(),
      ENCRYPTION_KEY: Buffer.alloc(32, 7).toString('base64'),
      TEAMWORK_TOKEN: 'canary',
      DESK_TOKEN: 'canary',
      NODE_EXTRA_CA_CERTS: trusted,
    },
    ['connect', '--test', '--site', 'acme', '--url', `https://localhost:${port}`],
  );
  server.closeAllConnections();
  await new Promise((done) => server.close(done));
  return { err, requests };
}

test('one whose certificate holds is asked, and may refuse the credential', async () => {
  const authority = authorityIn(folder, 'good-authority');
  const { err, requests } = await tried(authority.issue('good'), authority.certFile);
  expect(err).toContain('refuses the token (HTTP 401)');
  expect(requests).toBeGreaterThan(0);
});

test.each([
  ['is over', { expired: true }, 'CERT_HAS_EXPIRED'],
  ['is of another name', { host: 'elsewhere.test' }, 'ERR_TLS_CERT_ALTNAME_INVALID'],
])('one whose certificate %s is sent nothing', async (what, wanted, code) => {
  const authority = authorityIn(folder, `authority that ${what}`);
  const { err, requests } = await tried(authority.issue(`one that ${what}`, wanted), authority.certFile);
  expect(err).toContain(code);
  expect(err).not.toContain('canary');
  expect(requests).toBe(0);
});

test('one whom nobody vouches for is sent nothing', async () => {
  const { certFile } = authorityIn(folder, 'other-authority');
  const { err, requests } = await tried(authorityIn(folder, 'unknown-authority').issue('unknown'), certFile);
  expect(err).toMatch(/UNABLE_TO_VERIFY_LEAF_SIGNATURE|SELF_SIGNED/);
  expect(requests).toBe(0);
});
