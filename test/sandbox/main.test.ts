/** `npm run sandbox` as a process: its line, its flags, its end. */
import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { BadFlag, parseCommandLine } from '../../src/sandbox/options';

interface Ended {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly out: string;
  readonly errors: string;
}

const dataDir = mkdtempSync(join(tmpdir(), 'sandbox-main-'));
const running = new Set<ChildProcess>();
afterAll(() => {
  for (const child of running) child.kill('SIGKILL');
  rmSync(dataDir, { recursive: true });
});

function start(...args: string[]) {
  const child = spawn(process.execPath, ['--import', 'tsx', 'src/sandbox/main.ts', ...args]);
  running.add(child);
  let out = '';
  let errors = '';
  const ended = new Promise<Ended>((resolve) => {
    child.on('close', (code, signal) => {
      running.delete(child);
      resolve({ code, signal, out, errors });
    });
  });
  const address = new Promise<string>((resolve, reject) => {
    child.stdout.on('data', (text: Buffer) => {
      out += text.toString();
      const found = /listening on (http:\/\/127\.0\.0\.1:\d+)/.exec(out)?.[1];
      if (found !== undefined) resolve(found);
    });
    child.stderr.on('data', (text: Buffer) => (errors += text.toString()));
    void ended.then(({ errors }) => {
      reject(new Error(errors));
    });
  });
  address.catch(() => undefined);
  return { child, address, ended, said: () => out };
}

test.each([
  [[], '--token is missing'],
  [['--token', 'a b'], '--token must be a text without blanks'],
  [['--token', 'a', '--port', 'soon'], '--port must be a whole number'],
  [['--token', 'a', '--port', '70000'], '--port must be a whole number from 0 to 65535'],
  [['--token', 'a', '--people', '-5'], '--people must be a whole number'],
  [['--token', 'a', '--companies', '0'], '--people needs companies'],
  [['--token', 'a', '--scenario', 'chaos'], '--scenario must be one of'],
  [['--token', 'a', '--token', 'a'], '--token was given twice'],
  [['--token', 'a', '--sites', '0'], '--sites must not be 0'],
  [['--token', 'a', '--sites', '2', '--port', '0'], '--sites needs a --port'],
  [['--token', 'a', '--sites', '10', '--port', '65530'], '--sites needs a --port'],
  [['--token', 'a', '--tokens', 'b'], '--tokens'],
  [['--token', 'a', 'stray'], 'stray'],
])('%j is refused in one line', (args, message) => {
  const parse = () => parseCommandLine(args);
  expect(parse).toThrow(BadFlag);
  expect(parse).toThrow(message);
  expect(parse).not.toThrow('\n');
});

test('a bad flag ends with 2 and one line', async () => {
  const { code, out, errors } = await start('--port', '0').ended;
  expect([code, out]).toEqual([2, '']);
  expect(errors).toBe('sandbox: --token is missing: give at least one (--help lists the flags)\n');
});

test('--help tells the flags', async () => {
  expect(await start('--help').ended).toMatchObject({
    code: 0,
    out: expect.stringContaining('--rate-limit') as string,
  });
});

test('a port in use ends with 3 and one line', async () => {
  const first = start('--port', '0', '--token', 'a', '--companies', '1', '--people', '1');
  const port = new URL(await first.address).port;
  const second = await start('--port', port, '--token', 'a', '--companies', '1', '--people', '1').ended;
  expect(second).toMatchObject({
    code: 3,
    errors: expect.stringMatching(/^sandbox: cannot start: .*\n$/) as string,
  });
  first.child.kill('SIGTERM');
  expect(await first.ended).toMatchObject({ code: 0, errors: '' });
});

test('killed without warning, it goes on where it stopped', async () => {
  const flags = ['--port', '0', '--token', 'a', '--companies', '2', '--people', '4', '--data', dataDir];
  const first = start(...flags);
  const headers = { Authorization: 'Bearer a', 'Content-Type': 'application/json' };
  const companies = `${await first.address}/projects/api/v3/companies.json`;
  const body = JSON.stringify({ company: { name: 'Written Last' } });
  expect((await fetch(companies, { method: 'POST', headers, body })).status).toBe(201);
  first.child.kill('SIGKILL');
  expect(await first.ended).toMatchObject({ signal: 'SIGKILL' });

  const second = start(...flags);
  const address = await second.address;
  const listing = await fetch(`${address}/projects/api/v3/companies.json?searchTerm=written`, { headers });
  expect(await listing.json()).toMatchObject({ companies: [{ name: 'Written Last' }] });
  const { calls } = (await (await fetch(`${address}/sandbox/calls`)).json()) as { calls: object[] };
  expect(calls).toMatchObject([
    { n: 1, method: 'POST', status: 201 },
    { n: 2, method: 'GET' },
  ]);
  second.child.kill('SIGINT');
  expect(await second.ended).toMatchObject({ code: 0 });
});

test('without --rate-limit the vendors’ own limits hold', async () => {
  const { child, address, ended } = start('--port', '0', '--token', 'a', '--companies', '1', '--people', '1');
  const headers = { Authorization: 'Bearer a' };
  const teamwork = await fetch(`${await address}/me.json`, { headers });
  const desk = await fetch(`${await address}/desk/api/v2/me.json`, { headers });
  expect([teamwork.headers.get('x-ratelimit-limit'), desk.headers.get('x-rate-limit-limit')]).toEqual([
    '150',
    '120',
  ]);
  child.kill('SIGTERM');
  expect((await ended).code).toBe(0);
});

/** The first that has a free one behind it, of many below the ports of outgoing connections. */
async function startTwoSites(
  port = 14_000 + (process.pid % 10_000),
): Promise<ReturnType<typeof start> & { port: number }> {
  const flags = ['--token', 'a', '--companies', '3', '--people', '6', '--port', String(port)];
  const started = start('--sites', '2', ...flags);
  const both = `127.0.0.1:${port + 1} `;
  for (;;) {
    const ended = await Promise.race([started.ended, new Promise((next) => setTimeout(next, 50))]);
    if (ended !== undefined) return startTwoSites(port + 2);
    if (started.said().includes(both)) return { ...started, port };
  }
}

test('sites share no record, and each has the credential’s own limit', async () => {
  const { child, ended, port } = await startTwoSites();
  const headers = { Authorization: 'Bearer a', 'Content-Type': 'application/json' };
  const namesAt = async (at: number) => {
    const answer = await fetch(`http://127.0.0.1:${at}/projects/api/v3/companies.json`, { headers });
    const { companies } = (await answer.json()) as { companies: { name: string }[] };
    return { names: companies.map(({ name }) => name), left: answer.headers.get('x-ratelimit-remaining') };
  };
  const url = `http://127.0.0.1:${port}/projects/api/v3/companies.json`;
  const body = JSON.stringify({ company: { name: 'Of the First Alone' } });
  expect((await fetch(url, { method: 'POST', headers, body })).status).toBe(201);
  const [first, second] = [await namesAt(port), await namesAt(port + 1)];
  expect(first.names).toContain('Of the First Alone');
  expect(second.names).not.toEqual(first.names);
  expect(second.names).not.toContain('Of the First Alone');
  expect([first.left, second.left]).toEqual(['148', '149']);
  child.kill('SIGTERM');
  expect((await ended).code).toBe(0);
});
