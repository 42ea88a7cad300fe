import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { exitCode } from '../../src/cli/failures';

const root = resolve(__dirname, '../..');

/** The program as its user starts it, where nothing runs. */
async function run(argv: readonly string[], more: { readonly hangUp?: boolean } = {}) {
  const dataDir = mkdtempSync(join(tmpdir(), 'teamwork-desk-sync-cli-'));
  const environment = { DATA_DIR: dataDir, DATABASE_URL: '', TEMPORAL_ADDRESS: '', ENCRYPTION_KEY: '' };
  const child = spawn(process.execPath, ['--import', 'tsx', 'src/cli/main.ts', ...argv], {
    cwd: root,
    env: { ...process.env, ...environment },
  });
  const said = { out: '', err: '' };
  child.stdout.on('data', (text: Buffer) => (said.out += text.toString()));
  child.stderr.on('data', (text: Buffer) => (said.err += text.toString()));
  if (more.hangUp === true) child.stdout.destroy();
  const code = await new Promise<number | null>((done) => child.once('close', (status) => done(status)));
  rmSync(dataDir, { recursive: true, force: true });
  return { code, ...said };
}

test('without a running stack a command ends with 3 and one line that names the remedy', async () => {
  expect(await run(['sites'])).toEqual({
    code: exitCode.failed,
    out: '',
    err: 'Nothing runs here: start it with `npm start`, or set DATABASE_URL, TEMPORAL_ADDRESS and ENCRYPTION_KEY.\n',
  });
});

test('a reader that has hung up is no error', async () => {
  expect(await run(['--help'], { hangUp: true })).toEqual({ code: exitCode.fine, out: '', err: '' });
});

test('nothing is coloured where no terminal is', async () => {
  const { code, out } = await run(['doctor']);
  expect([code, out.includes('\u001b')]).toEqual([exitCode.no, false]);
});
