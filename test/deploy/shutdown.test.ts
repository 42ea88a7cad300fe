/** C4: SIGTERM, as a deploy sends it: what is under way ends, nothing is lost, and the process ends with 0. */
import { Client as Postgres } from 'pg';
import { connect } from 'node:net';
import { openLab, site, token, type Lab } from '../support/lab';
import { truthOf } from '../support/truth';
import { until } from '../support/until';
import { verifySite } from '../../src/verify';

const byItself = 'it ended with exit code 0';

describe('SIGTERM', () => {
  let lab: Lab;

  beforeAll(async () => {
    lab = await openLab({
      // Each call takes so long that some are always under way.
      sandbox: { companies: 12, people: 60, seed: 3, 'rate-limit': 60_000, latency: 150 },
      settleMs: 500,
      hooks: true,
    });
  });
  afterAll(() => lab.close());

  const writes = async () =>
    (await lab.sandbox.calls()).filter(({ method, token: by }) => method !== 'GET' && by === token);

  async function openIntents(): Promise<number> {
    const postgres = new Postgres({ connectionString: lab.databaseUrl });
    await postgres.connect();
    const { rows } = await postgres.query<{ open: number }>(
      `select count(*)::integer as open from intents where state in ('sent', 'unknown')`,
    );
    await postgres.end();
    return rows[0]?.open ?? NaN;
  }

  test('a worker ends its writes, and the next one goes on without writing anything twice', async () => {
    const server = await lab.startServer();
    await lab.connect();
    const worker = await lab.startWorker();
    const run = await lab.startRun();
    await until(async () => (await writes()).length > 10 && (await openIntents()) > 0);
    process.kill(worker.pid, 'SIGTERM');
    expect([await worker.exited, await openIntents()]).toEqual([byItself, 0]);

    await lab.startWorker();
    await lab.runEnded(run);
    expect((await verifySite(lab.engine, site)).differences).toEqual([]);
    const { desk } = await truthOf(lab.sandbox);
    const emails = desk.customer.map(({ email }) => email).filter((email) => email !== '');
    expect(new Set(emails).size).toBe(emails.length);
    await server.stop();
  });

  test('a server answers what it has begun to read, lets go of whoever watches, and ends', async () => {
    const server = await lab.startServer();
    const cookie = await signedIn();
    const watching = await fetch(`${lab.consoleUrl}/sites/${site}/live`, { headers: { cookie } });
    const seen = watching.body?.getReader();
    await seen?.read();
    const [slow, rest] = halfARequest();
    await slow.begun;
    process.kill(server.pid, 'SIGTERM');
    await until(() => refusesNew());
    rest();
    expect(await slow.answer).toMatch(/HTTP\/1\.1 401 /);
    for (let end = false; !end;) end = (await seen?.read())?.done ?? true;
    expect(await server.exited).toBe(byItself);
  });

  async function signedIn(): Promise<string> {
    const link = await lab.engine.accounts.signInLink('Ada', 'administrator', 60_000);
    const answer = await fetch(`${lab.consoleUrl}/sign-in/${link}`, {
      method: 'POST',
      redirect: 'manual',
      headers: { 'sec-fetch-site': 'same-origin' },
    });
    return answer.headers.get('set-cookie')?.split(';')[0] ?? '';
  }

  /** Nobody new is let in. */
  const refusesNew = () =>
    fetch(`${lab.consoleUrl}/healthz`).then(
      ({ status }) => status === 503,
      () => true,
    );

  /** A form whose head the server has read, and asks for the rest; the second sends it. */
  function halfARequest() {
    const { hostname, port } = new URL(lab.consoleUrl);
    const socket = connect(Number(port), hostname);
    const body = 'name=nobody&password=wrong';
    const head = [
      'POST /sign-in HTTP/1.1',
      `host: ${hostname}:${port}`,
      'sec-fetch-site: same-origin',
      'expect: 100-continue',
      'content-type: application/x-www-form-urlencoded',
      `content-length: ${body.length}`,
    ];
    let said = '';
    socket.on('data', (data) => (said += data.toString()));
    socket.write(`${head.join('\r\n')}\r\n\r\n`);
    const begun = until(() => said.includes('100 Continue'));
    const answer = begun.then(() => until(() => /HTTP\/1\.1 [2-5]/.test(said))).then(() => said);
    return [{ begun, answer }, () => void socket.write(body)] as const;
  }
});
