/** C4: Postgres and Temporal behind TLS, a client certificate, secrets from files: every program gets through, or says why not. */
import { writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Connection } from '@temporalio/client';
import { choosePort } from '../../src/embedded/free-port';
import { startPart, untilReachable } from '../../src/start-processes';
import { authorityIn } from '../support/certificates';
import { createDatabase, type TestDatabase } from '../support/database';
import { newNamespace } from '../support/namespace';
import { runToEnd } from '../support/process';
import { temporalAddress } from '../support/temporal';
import { postgresBehindTls, temporalBehindTls, type TlsProxy } from '../support/tls-proxies';
import { until } from '../support/until';

describe('a deployment over TLS', () => {
  let folder: string;
  let database: TestDatabase;
  let postgres: TlsProxy;
  let temporal: TlsProxy;
  let environment: Record<string, string>;
  let strangersCa: string;
  let port: number;

  const secretFile = (name: string, text: string): string => {
    const file = join(folder, name);
    writeFileSync(file, `${text}\n`, { mode: 0o600 });
    return file;
  };
  const withoutCertificate = (): Record<string, string> =>
    Object.fromEntries(Object.entries(environment).filter(([name]) => !/TLS_(CERT|KEY)$/.test(name)));

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'teamwork-desk-sync-tls-'));
    const ca = authorityIn(folder, 'authority');
    strangersCa = authorityIn(folder, 'stranger').certFile;
    const [own, client] = [ca.issue('server'), ca.issue('engine')];
    database = await createDatabase();
    const plain = new URL(database.url);
    postgres = await postgresBehindTls({ host: plain.hostname, port: Number(plain.port) }, own);
    const [host = '', behind] = temporalAddress().split(':');
    temporal = await temporalBehindTls({ host, port: Number(behind) }, own, ca.certFile);
    const connection = await Connection.connect({ address: temporalAddress() });
    const namespace = await newNamespace(connection);
    await connection.close();
    plain.hostname = 'localhost';
    plain.port = String(postgres.port);
    port = await choosePort({ variable: 'CONSOLE_PORT' });
    environment = {
      DATA_DIR: folder,
      DATABASE_URL_FILE: secretFile('database-url', plain.href),
      DATABASE_CA: ca.certFile,
      ENCRYPTION_KEY_FILE: secretFile('encryption-key', Buffer.alloc(32, 7).toString('base64')),
      TEMPORAL_ADDRESS: `localhost:${temporal.port}`,
      TEMPORAL_NAMESPACE: namespace,
      TEMPORAL_TLS_CA: ca.certFile,
      TEMPORAL_TLS_CERT: client.certFile,
      TEMPORAL_TLS_KEY: client.keyFile,
      CONSOLE_PORT: String(port),
    };
  });
  afterAll(async () => {
    await Promise.all([postgres.close(), temporal.close()]);
    await database.drop();
    await rm(folder, { recursive: true, force: true });
  });

  test('migrate makes the tables', async () => {
    const { code, err } = await runToEnd('migrate', environment);
    expect([code, err]).toEqual([0, expect.stringContaining('0001-sites')]);
  });

  test('a Postgres that another authority vouches for is refused, without a word of the address', async () => {
    const { code, err } = await runToEnd('migrate', { ...environment, DATABASE_CA: strangersCa });
    expect([code, err]).toEqual([3, expect.stringContaining('certificate')]);
    expect(err).not.toContain(new URL(database.url).password);
  });

  test('worker, server and command line reach both, and show the certificate', async () => {
    const { PATH = '', HOME = '' } = process.env;
    const around = { dataDir: folder, environment: { PATH, HOME, ...environment } };
    const [worker, server] = await Promise.all([
      startPart(around, 'worker', 'worker'),
      startPart(around, 'server', 'server'),
    ]);
    try {
      await untilReachable(`http://127.0.0.1:${port}/readyz`);
      await until(
        () => worker.hasSaid(/worker ready/),
        () => worker.lastWords(),
      );
      const doctor = await runToEnd('cli/main', environment, ['doctor']);
      expect([doctor.code, doctor.err, doctor.out]).toEqual([0, '', expect.stringMatching(/Temporal/)]);
      expect(new Set(temporal.clients)).toEqual(new Set(['engine']));
    } finally {
      await Promise.all([worker.stop(), server.stop()]);
    }
  });

  test('a namespace without the attributes is told by name, and no work is begun', async () => {
    const connection = await Connection.connect({ address: temporalAddress() });
    const namespace = await newNamespace(connection, ['Site', 'Kind']);
    await connection.close();
    const { code, err } = await runToEnd('worker', { ...environment, TEMPORAL_NAMESPACE: namespace });
    expect(code).toBe(3);
    for (const name of ['LinkStatus', 'TeamworkId', 'DeskId', 'Reason']) {
      expect(err).toContain(`lacks the search attribute ${name}`);
    }
    expect(err).not.toContain('attribute Site');
  });

  test('without the certificate Temporal does not let the worker in', async () => {
    const before = temporal.clients.length;
    const { code } = await runToEnd('worker', withoutCertificate());
    expect([code, temporal.clients.length]).toEqual([3, before]);
  });
});
