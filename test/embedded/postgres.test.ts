import { existsSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { startPostgres, type PostgresServer } from '../../src/embedded/postgres';
import { temporaryFolder } from '../support/temporary-folder';

function start(dataDir: string, fixed?: number): Promise<PostgresServer> {
  return startPostgres({
    folder: join(dataDir, 'postgres'),
    port: { variable: 'PG_PORT', fixed },
    logFile: join(dataDir, 'postgres.log'),
    say: () => undefined,
    signal: new AbortController().signal,
  });
}

describe('the embedded Postgres', () => {
  const dataDir = temporaryFolder();
  const cluster = join(dataDir, 'postgres', 'data');

  test("its password is its user's alone to read", async () => {
    const server = await start(dataDir);
    await server.stop();
    expect(statSync(join(dataDir, 'postgres', 'password')).mode & 0o777).toBe(0o600);
    expect(await server.exited).toBe('it ended with exit code 0');
  });

  test('a lock file that names another running program does not keep it from starting', async () => {
    writeFileSync(
      join(cluster, 'postmaster.pid'),
      `${process.pid}\n${cluster}\n1700000000\n5432\n\n127.0.0.1\n`,
    );
    const server = await start(dataDir);
    expect(readFileSync(join(cluster, 'postmaster.pid'), 'utf8')).toContain(`${server.pid}\n`);
    await server.stop();
  });

  test('a port that the operator fixed and another program holds is told with its variable', async () => {
    const holder = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => holder.once('listening', resolve));
    const { port } = holder.address() as AddressInfo;
    await expect(start(dataDir, port)).rejects.toThrow(`Port ${port} (PG_PORT) is taken by another program`);
    holder.close();
  });

  test('a data folder that it cannot read is told with its last words and its log', async () => {
    writeFileSync(join(cluster, 'PG_VERSION'), '9.6\n');
    await expect(start(dataDir)).rejects.toThrow(
      /Postgres did not start[^]*incompatible[^]*postgres\.log; remedy/,
    );
    writeFileSync(join(cluster, 'PG_VERSION'), '18\n');
  });

  test('a lost password is told; the data are left alone', async () => {
    rmSync(join(dataDir, 'postgres', 'password'));
    await expect(start(dataDir)).rejects.toThrow(/password is missing.*put it back, or move/);
    expect(existsSync(join(cluster, 'PG_VERSION'))).toBe(true);
  });
});
