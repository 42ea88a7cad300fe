/** Deliveries accepted by one server process, over a route that only commits a row; and whether any is ever lost. */
import { createHmac, randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { choosePort } from '../src/embedded/free-port';
import { startOnLeash } from '../src/embedded/leash';
import { untilReachable } from '../src/start-processes';
import { openLab, site, type Lab } from '../test/support/lab';
import { until } from '../test/support/until';
import { figure, percentile, type Figure } from './figures';
import { sendAll, type Post, type Sent } from './senders';

const deliveries = 6_000;
const duplicates = 0.3;
const rounds = 3;
const kills = 20;
const beforeEachKill = 200;

export async function hooks(): Promise<readonly Figure[]> {
  const lab = await openLab({ sandbox: { companies: 1, people: 1 }, hooks: true });
  try {
    await lab.startWorker();
    const server = await lab.startServer();
    await lab.connect();
    await lab.runEnded(await lab.startRun());
    const { current: secret } = await lab.engine.store.ensureHookSecrets(site, 'teamwork');
    const route = await oneRowRoute(lab);

    const [plain, bridge]: [Sent[], Sent[]] = [[], []];
    const next = companyIds();
    for (let round = 0; round < rounds; round++) {
      plain.push(await sendAll(rows(route.url)));
      bridge.push(await sendAll(withDuplicates(lab, secret, next, deliveries)));
    }
    await route.stop();
    await server.stop();
    const perSecond = Math.max(...bridge.map((sent) => sent.perSecond));
    const ratios = bridge.map((sent, round) => sent.perSecond / (plain[round]?.perSecond ?? Infinity));
    const lost = await lostOver(lab, secret, next);
    return [
      figure('hooks', 'accepted_per_second', perSecond, 'deliveries/s', null),
      figure('hooks', 'rate_over_empty_route', percentile(ratios, 50), 'ratio', { atLeast: 0.5 }),
      figure(
        'hooks',
        'p99_ms',
        percentile(
          bridge.flatMap(({ milliseconds }) => milliseconds),
          99,
        ),
        'ms',
        null,
      ),
      figure('hooks', 'acknowledged_lost', lost, 'deliveries', { atMost: 0 }),
    ];
  } finally {
    await lab.close();
  }
}

async function oneRowRoute(lab: Lab) {
  const port = await choosePort({ variable: 'CONSOLE_PORT' });
  const script = join(__dirname, 'one-row-route.ts');
  const route = await startOnLeash({
    command: [process.execPath, '--import', 'tsx', script, String(port), lab.databaseUrl],
    stopSignal: 'TERM',
    graceSeconds: 5,
    logFile: join(lab.dataDir, 'one-row-route.log'),
  });
  const url = `http://127.0.0.1:${port}`;
  await untilReachable(url);
  return { url, stop: () => route.stop() };
}

function rows(url: string): readonly Post[] {
  return Array.from({ length: deliveries }, () => ({ url: `${url}/${randomUUID()}`, headers: {}, body: '' }));
}

/** Ids that no record has: each delivery is about another one. */
function* companyIds(): Generator<number, never> {
  for (let id = 1_000_000; ; id++) yield id;
}

function withDuplicates(
  lab: Lab,
  secret: string,
  ids: Generator<number, never>,
  count: number,
): readonly Post[] {
  const posts: Post[] = [];
  while (posts.length < count) {
    const earlier = posts[Math.floor(posts.length * 0.9)];
    const again = (posts.length % 10) / 10 < duplicates ? earlier : undefined;
    posts.push(again ?? deliveryAbout(ids.next().value, lab, secret));
  }
  return posts;
}

function deliveryAbout(id: number, lab: Lab, secret: string): Post {
  const body = JSON.stringify({ company: { id } });
  return {
    url: `${lab.consoleUrl}/webhooks/${site}/teamwork`,
    headers: {
      'Content-Type': 'application/json',
      'X-Projects-Event': 'COMPANY.UPDATED',
      'X-Projects-Delivery': randomUUID(),
      'X-Projects-Signature': createHmac('sha256', secret).update(body).digest('hex'),
    },
    body,
  };
}

/** Kills the server in the midst of a flood, again and again, and looks for all that it had acknowledged. */
async function lostOver(lab: Lab, secret: string, ids: Generator<number, never>): Promise<number> {
  const acknowledged = new Set<string>();
  for (let kill = 0; kill < kills; kill++) {
    const server = await lab.startServer();
    const enough = acknowledged.size + beforeEachKill;
    await sendAll(withDuplicates(lab, secret, ids, beforeEachKill * 4), ({ body }) => {
      acknowledged.add(String((JSON.parse(body) as { company: { id: number } }).company.id));
      if (acknowledged.size === enough) process.kill(server.pid, 'SIGKILL');
    });
    await server.stop();
  }
  await lab.startServer();
  await until(async () => (await lab.engine.store.backlogs()).every(({ waiting }) => waiting === 0));
  const known = new Set<string>();
  for (let after = 0, more = true; more;) {
    const links = await lab.engine.reads.links(site, { kind: 'company', limit: 1_000, after });
    for (const { link } of links) if (link.ids.teamwork !== null) known.add(link.ids.teamwork);
    after = links.at(-1)?.link.number ?? after;
    more = links.length > 0;
  }
  return [...acknowledged].filter((id) => !known.has(id)).length;
}
