/** C4: the image's health check, as Docker runs it, against a real server and a real worker. */
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { choosePort } from '../../src/embedded/free-port';
import { openLab, type Lab } from '../support/lab';
import { until } from '../support/until';

const program = join(__dirname, '../../src/health-check.ts');

describe('the health check', () => {
  let lab: Lab;
  let workerHealthPort: string;
  let answers: { readonly CONSOLE_PORT: string; readonly WORKER_HEALTH_PORT: string };
  let nobody: string;

  beforeAll(async () => {
    lab = await openLab({ sandbox: { companies: 2, people: 4, seed: 3 } });
    workerHealthPort = String(await choosePort({ variable: 'WORKER_HEALTH_PORT' }));
    nobody = String(await choosePort({ variable: 'CONSOLE_PORT' }));
    answers = { CONSOLE_PORT: new URL(lab.consoleUrl).port, WORKER_HEALTH_PORT: workerHealthPort };
  });
  afterAll(() => lab.close());

  const checked = (ports: Readonly<Record<string, string>>) =>
    new Promise<number | string>((done) => {
      const env = { PATH: process.env.PATH, HOST: '0.0.0.0', ...ports };
      execFile(process.execPath, ['--import', 'tsx', program], { env }, (error, _out, said) =>
        done(error === null ? 0 : said),
      );
    });

  test('nothing runs: it fails', async () => {
    const said = await checked(answers);
    expect(said).toContain('fetch failed');
    expect(await fetch(`http://127.0.0.1:${workerHealthPort}/healthz`).catch(() => 'away')).toBe('away');
  });

  test('a worker is well while it works at its queues, and away when it has ended', async () => {
    const worker = await lab.startWorker({ WORKER_HEALTH_PORT: workerHealthPort });
    await until(async () => (await checked({ ...answers, CONSOLE_PORT: nobody })) === 0);
    const other = await fetch(`http://127.0.0.1:${workerHealthPort}/metrics`);
    expect(other.status).toBe(404);
    process.kill(worker.pid, 'SIGTERM');
    expect(await worker.exited).toBe('it ended with exit code 0');
    expect(await checked({ ...answers, CONSOLE_PORT: nobody })).not.toBe(0);
  });

  test('a server is well, too, without a worker beside it', async () => {
    await lab.startServer();
    expect(await checked(answers)).toBe(0);
  });
});
