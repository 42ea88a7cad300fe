import { readFileSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { Connection } from '@temporalio/client';
import { Client } from 'pg';
import { readConfig } from '../../src/config';
import { markOf } from '../../src/embedded/running-process';
import { startStack, type Stack } from '../../src/embedded/stack';
import { ended, holdStack } from '../support/held-stack';
import { temporaryFolder } from '../support/temporary-folder';
import { until } from '../support/until';

const said: string[] = [];

function start(dataDir: string, settings: Record<string, string> = {}): Promise<Stack> {
  const { TEMPORAL_CLI_PATH, XDG_CACHE_HOME } = process.env;
  const environment = { TEMPORAL_CLI_PATH, XDG_CACHE_HOME, DATA_DIR: dataDir, ...settings };
  return startStack({ ...readConfig(environment), say: (line) => said.push(line) });
}

async function query(databaseUrl: string, statement: string): Promise<unknown[]> {
  const client = new Client({ connectionString: databaseUrl });
  await client.connect();
  const { rows } = await client.query<Record<string, unknown>>(statement);
  await client.end();
  return rows;
}

function answers(address: string): Promise<boolean> {
  const [host = '', port] = address.split(':');
  return new Promise((resolve) => {
    const socket = connect(Number(port), host);
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });
}

function postmaster(dataDir: string): number {
  return Number(readFileSync(join(dataDir, 'postgres/data/postmaster.pid'), 'utf8').split('\n')[0]);
}

function kill(...pids: number[]): void {
  for (const pid of pids) process.kill(pid, 'SIGKILL');
}

/** The pid of the shell that keeps a server. */
function keeperOf(pid: number): number {
  return Number(/^PPid:\s*(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]);
}

describe('the stack', () => {
  const dataDir = temporaryFolder();
  let stack: Stack;

  beforeEach(async () => {
    stack = await start(dataDir);
  });

  afterEach(() => stack.stop());

  test('serves Postgres in UTF-8 and Temporal with the search attributes', async () => {
    expect(
      await query(stack.databaseUrl, "select 'ß→語' as text, current_setting('server_encoding') as encoding"),
    ).toEqual([{ text: 'ß→語', encoding: 'UTF8' }]);
    const connection = await Connection.connect({ address: stack.temporalAddress });
    const { customAttributes } = await connection.operatorService.listSearchAttributes({
      namespace: 'default',
    });
    await connection.close();
    expect(Object.keys(customAttributes)).toEqual(
      expect.arrayContaining(['Site', 'Kind', 'LinkStatus', 'TeamworkId', 'DeskId', 'Reason']),
    );
    expect(said).toContainEqual(expect.stringContaining(`Temporal: running on ${stack.temporalAddress}`));
  });

  test('keeps what it was given over a restart', async () => {
    await query(stack.databaseUrl, 'create table kept as select 42 as number');
    await stack.stop();
    stack = await start(dataDir);
    expect(await query(stack.databaseUrl, 'select number from kept')).toEqual([{ number: 42 }]);
  });

  test('a second start in the same folder is refused, naming the first', async () => {
    await expect(start(dataDir)).rejects.toThrow(
      `Another start (process ${process.pid}) is using ${dataDir}`,
    );
  });

  test('a part that dies is named', async () => {
    kill(postmaster(dataDir));
    expect(await stack.died).toMatchObject({
      part: 'Postgres',
      reason: expect.stringContaining('signal 9') as string,
    });
  });

  test('stopping ends both parts and may be asked for twice', async () => {
    await Promise.all([stack.stop(), stack.stop()]);
    await stack.stop();
    expect(await answers(stack.temporalAddress)).toBe(false);
    expect(await answers(new URL(stack.databaseUrl).host)).toBe(false);
  });
});

test('a DATA_DIR that cannot be made is told', async () => {
  const file = join(temporaryFolder(), 'file');
  writeFileSync(file, '');
  await expect(start(join(file, 'data'))).rejects.toThrow(
    /^DATA_DIR .* cannot be written \(ENOTDIR\): set DATA_DIR/,
  );
});

test.each([
  ['DATABASE_URL', { DATABASE_URL: 'postgres://user:hush@127.0.0.1:9/db' }],
  ['TEMPORAL_ADDRESS', { TEMPORAL_ADDRESS: '127.0.0.1:9' }],
])('an unreachable %s is told without its password, and nothing stays behind', async (name, settings) => {
  const dataDir = temporaryFolder();
  const refused = await start(dataDir, settings).catch(String);
  expect(refused).toBe(
    `EmbeddedError: Nothing answers at 127.0.0.1:9 (${name}): ECONNREFUSED. Start it, or correct ${name}.`,
  );
  const again = await start(dataDir);
  await again.stop();
});

test('stacks that start in the same moment take no part of each other', async () => {
  const stacks = await Promise.all([1, 2, 3].map(() => start(temporaryFolder())));
  expect(new Set(stacks.map(({ temporalAddress }) => temporalAddress)).size).toBe(3);
  expect(new Set(stacks.map(({ databaseUrl }) => new URL(databaseUrl).host)).size).toBe(3);
  await Promise.all(stacks.map((stack) => stack.stop()));
});

describe('a stack whose process is gone', () => {
  test('Ctrl-C, which reaches the process alone: both parts end, the exit is clean', async () => {
    const held = await holdStack({ DATA_DIR: temporaryFolder() });
    held.process.kill('SIGINT');
    expect(await ended(held.process)).toBe(0);
    expect(await answers(held.temporalAddress)).toBe(false);
  });

  test('kill -9 of it: the parts end by themselves', async () => {
    const held = await holdStack({ DATA_DIR: temporaryFolder() });
    held.process.kill('SIGKILL');
    await until(async () => !(await answers(held.temporalAddress)));
    await until(async () => !(await answers(new URL(held.databaseUrl).host)));
  });

  test('kill -9 of it and of what keeps the parts: the next start stops them and finds the data', async () => {
    const dataDir = temporaryFolder();
    const held = await holdStack({ DATA_DIR: dataDir });
    await query(held.databaseUrl, 'create table kept as select 7 as number');
    const { pid: temporal } = JSON.parse(readFileSync(join(dataDir, 'temporal.pid'), 'utf8')) as {
      pid: number;
    };
    held.process.kill('SIGSTOP');
    kill(keeperOf(temporal), keeperOf(postmaster(dataDir)));
    held.process.kill('SIGKILL');
    await ended(held.process);
    const stack = await start(dataDir);
    expect(await query(stack.databaseUrl, 'select number from kept')).toEqual([{ number: 7 }]);
    await stack.stop();
    expect(markOf(temporal)).toBeUndefined();
  });

  test('kill -9 of Postgres: its lock file does not keep the next one from starting', async () => {
    const dataDir = temporaryFolder();
    const first = await start(dataDir);
    kill(postmaster(dataDir));
    await first.died;
    await first.stop();
    const second = await start(dataDir);
    expect(await query(second.databaseUrl, 'select 1 as one')).toEqual([{ one: 1 }]);
    await second.stop();
  });
});
