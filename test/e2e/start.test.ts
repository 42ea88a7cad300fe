import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { choosePort } from '../../src/embedded/free-port';
import { SandboxControls } from '../support/sandbox-controls';
import { doubles, truthOf } from '../support/truth';

const root = resolve(__dirname, '../..');

/** `npm start` in a folder of its own, as a new user runs it. */
class Start {
  output = '';
  readonly ended: Promise<number | null>;
  private constructor(readonly process: ChildProcess) {
    process.stdout?.on('data', (text: Buffer) => (this.output += text.toString()));
    process.stderr?.on('data', (text: Buffer) => (this.output += text.toString()));
    this.ended = new Promise((done) => process.once('exit', (code) => done(code)));
  }

  static run(environment: Readonly<Record<string, string>>, ...flags: readonly string[]): Start {
    const sizes = ['--companies', '10', '--people', '60', '--rate-limit', '60000'];
    return new Start(
      spawn(process.execPath, ['--import', 'tsx', 'src/start.ts', ...sizes, ...flags], {
        cwd: root,
        env: { ...process.env, ...environment },
        stdio: ['ignore', 'pipe', 'pipe'],
      }),
    );
  }

  async says(text: RegExp): Promise<void> {
    while (!text.test(this.output)) {
      if (this.process.exitCode !== null) throw new Error(`It ended before it said ${text}: ${this.output}`);
      await new Promise((next) => setTimeout(next, 50));
    }
  }
}

/** Processes whose environment names this folder and whose command holds the text. */
function pidsIn(dataDir: string, command: string): readonly number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .filter((pid) => {
      try {
        const words = readFileSync(`/proc/${pid}/cmdline`, 'utf8');
        const mine =
          readFileSync(`/proc/${pid}/environ`, 'utf8').includes(dataDir) || words.includes(dataDir);
        return mine && words.includes(command) && !words.startsWith('sh');
      } catch {
        return false;
      }
    })
    .map(Number);
}

/** Whoever keeps the parts needs a moment to go; what stays shows as this test's time running out. */
async function nothingLeftIn(dataDir: string): Promise<void> {
  while (pidsIn(dataDir, '').length > 0) await new Promise((next) => setTimeout(next, 50));
}

describe('npm start', () => {
  let dataDir: string;
  let environment: Record<string, string>;
  let sandbox: SandboxControls;

  beforeEach(async () => {
    dataDir = mkdtempSync(join(tmpdir(), 'teamwork-desk-sync-start-'));
    const [consolePort, sandboxPort] = [
      await choosePort({ variable: 'CONSOLE_PORT' }),
      await choosePort({ variable: 'SANDBOX_PORT' }),
    ];
    environment = { DATA_DIR: dataDir, CONSOLE_PORT: String(consolePort), SANDBOX_PORT: String(sandboxPort) };
    sandbox = new SandboxControls(`http://127.0.0.1:${sandboxPort}`);
  });
  afterEach(() => rmSync(dataDir, { recursive: true, force: true }));

  test('R2: syncs by itself, stays, and Ctrl-C ends all of it', async () => {
    const start = Start.run(environment);
    await start.says(/Everything runs/);
    start.process.kill('SIGINT');
    expect(await start.ended).toBe(0);
    await nothingLeftIn(dataDir);
  });

  test.each([
    ['the worker', 'src/worker'],
    ['Postgres', 'postgres'],
    ['Temporal', 'temporal'],
    ['the sandbox', 'sandbox/main'],
  ])('R15: killed: %s; the next start finishes and nothing is made twice', async (_part, command) => {
    const start = Start.run(environment);
    await start.says(/(People|Companies) .*[1-9]\d*\//);
    const [pid] = pidsIn(dataDir, command);
    if (pid === undefined) throw new Error(`No process of ${command} was found.`);
    process.kill(pid, 'SIGKILL');
    expect(await start.ended).toBe(3);
    expect(start.output).toMatch(/Nothing is lost: `npm start` goes on from here/);
    await nothingLeftIn(dataDir);

    const next = Start.run({ ...environment, SETTLE_MS: '1500' }, '--once');
    await next.says(/No differences|difference/);
    const { desk } = await truthOf(sandbox).catch(() => ({ desk: null }));
    expect(await next.ended).toBe(0);
    expect(next.output).toMatch(/No differences/);
    expect(doubles(desk?.customer.map(({ email }) => email) ?? [])).toEqual([]);
  });
});
