/**
 * Two users at work on both sides, a third of the hooks lost, half of them doubled, some late and out of order, and
 * worker and server killed meanwhile: in the end both sides hold what they must, and what was deleted stays so.
 */
import type { Leashed } from '../../src/embedded/leash';
import { openLab, type Lab } from '../support/lab';
import { TwoUsers } from '../support/two-users';

const actions = 240;
const killEvery = 60;
/** Until no wrong is left; then what is still wrong is told. */
const patience = { looks: 240, everyMs: 500 };

let lab: Lab;
let users: TwoUsers;
let worker: Leashed;
let server: Leashed;

beforeAll(async () => {
  lab = await openLab({
    sandbox: { companies: 1, people: 1, 'rate-limit': 60_000 },
    settleMs: 1_000,
    heartbeatTimeoutMs: 2_000,
    pollMs: 1_000,
    hooks: true,
  });
  await lab.sandbox.control('POST', 'reset', { seed: 7, companies: 40, people: 800, scenario: 'agreed' });
  [worker, server] = await Promise.all([lab.startWorker(), lab.startServer()]);
  await lab.connect();
  await lab.runEnded(await lab.startRun());
  users = await TwoUsers.over(lab.sandbox, 11);
});
afterAll(() => lab.close());

async function nothingWrong(): Promise<void> {
  let wrongs = await users.wrongs();
  for (let look = 0; wrongs.length > 0 && look < patience.looks; look++) {
    await new Promise((done) => setTimeout(done, patience.everyMs));
    wrongs = await users.wrongs();
  }
  expect(wrongs).toEqual([]);
}

const troubleHooks = (trouble: object) =>
  Promise.all(
    (['teamwork', 'desk'] as const).map((side) => lab.sandbox.control('POST', 'hooks', { side, ...trouble })),
  );

test('R8, R10, R18–R22, R25: what two users did in minutes of trouble is on both sides in the end', async () => {
  await troubleHooks({ drop: 0.33, duplicate: 0.5, shuffle: 0.3, delayMs: 200 });
  for (let n = 1; n <= actions; n++) {
    await users.act();
    if (n % killEvery !== 0) continue;
    process.kill(worker.pid, 'SIGKILL');
    process.kill(server.pid, 'SIGKILL');
    await Promise.all([worker.exited, server.exited]);
    for (let away = 0; away < 10; away++) await users.act();
    [worker, server] = await Promise.all([lab.startWorker(), lab.startServer()]);
  }
  await troubleHooks({ drop: 0, duplicate: 0, shuffle: 0, delayMs: 0 });
  await nothingWrong();
});

test('R22: late hooks, another InitialSync and a restart change nothing of it', async () => {
  const { deliveries } = await lab.sandbox.control<{ deliveries: readonly { id: number }[] }>(
    'GET',
    'deliveries',
  );
  for (const { id } of deliveries.slice(-100)) await lab.sandbox.control('POST', 'redeliver', { id });
  await lab.runEnded(await lab.startRun());
  await worker.stop();
  worker = await lab.startWorker();
  await lab.runEnded(await lab.startRun());
  await nothingWrong();
});
