/**
 * From `npm start` in an empty folder to the first record written, caches warm: Postgres and Temporal brought up, the
 * schema made, the site connected, both sides read and matched. Each part's share is told by when it says that it runs.
 */
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { choosePort } from '../src/embedded/free-port';
import { SandboxControls } from '../test/support/sandbox-controls';
import { until } from '../test/support/until';
import { isRecordWrite } from './calls';
import { figure, percentile, type Figure } from './figures';

const starts = 3;
const stages = {
  postgres: /^Postgres: /,
  temporal: /^Temporal: running/,
  server: /^Server: /,
  site: /^Site /,
};
type Stage = keyof typeof stages;

interface Started {
  readonly seconds: Partial<Record<Stage, number>>;
  readonly firstRecord: number;
}

export async function start(): Promise<readonly Figure[]> {
  const all: Started[] = [];
  for (let turn = 0; turn < starts; turn++) all.push(await oneStart());
  const half = (of: (one: Started) => number) => percentile(all.map(of), 50);
  return [
    ...(Object.keys(stages) as Stage[]).map((name) =>
      figure(
        'start',
        `seconds_to_${name}`,
        half(({ seconds }) => seconds[name] ?? NaN),
        's',
        null,
      ),
    ),
    figure(
      'start',
      'seconds_to_first_record',
      half(({ firstRecord }) => firstRecord),
      's',
      { atMost: 8 },
    ),
  ];
}

async function oneStart(): Promise<Started> {
  const dataDir = mkdtempSync(join(tmpdir(), 'teamwork-desk-sync-bench-'));
  const [consolePort, sandboxPort] = [
    await choosePort({ variable: 'CONSOLE_PORT' }),
    await choosePort({ variable: 'SANDBOX_PORT' }),
  ];
  const began = Date.now();
  const product = spawn('npm', ['start'], {
    cwd: join(__dirname, '..'),
    env: {
      ...process.env,
      DATA_DIR: dataDir,
      CONSOLE_PORT: String(consolePort),
      SANDBOX_PORT: String(sandboxPort),
    },
    stdio: ['ignore', 'pipe', 'inherit'],
    // npm passes no signal on to what it started: the whole group is told to stop.
    detached: true,
  });
  const ended = new Promise((done) => product.once('exit', done));
  const seconds: Partial<Record<Stage, number>> = {};
  createInterface(product.stdout).on('line', (line) => {
    for (const [stage, says] of Object.entries(stages)) {
      if (says.test(line)) seconds[stage as Stage] ??= (Date.now() - began) / 1_000;
    }
  });
  try {
    const sandbox = new SandboxControls(`http://127.0.0.1:${sandboxPort}`);
    const firstRecord = async () => (await sandbox.calls().catch(() => [])).find(isRecordWrite);
    await until(async () => seconds.site !== undefined && (await firstRecord()) !== undefined);
    const at = Date.parse((await firstRecord())?.at ?? '');
    return { seconds, firstRecord: (at - began) / 1_000 };
  } finally {
    if (product.pid !== undefined) process.kill(-product.pid, 'SIGTERM');
    await ended;
    rmSync(dataDir, { recursive: true, force: true });
  }
}
