/**
 * `npm run record-histories`: lets the whole product work on a small agency and keeps one history of each shape that its
 * workflows took. The replay test holds later code to them: a history is replaced only by a deliberate, told change.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Client, Connection, type WorkflowExecutionInfo } from '@temporalio/client';
import { historyAsJson } from '../../src/entity-client';
import { openLab, site, type Lab } from '../support/lab';

const folder = join(__dirname, 'histories');

/** The run of every kind of work, ended or not. */
async function work(lab: Lab): Promise<void> {
  await lab.connect();
  await lab.runEnded(await lab.startRun('plan'));
  const first = await lab.startRun();
  await lab.engine.client.pauseRun(site, 'sync');
  await lab.engine.client.resumeRun(site, 'sync');
  await lab.runEnded(first);
  await lab.sandbox.control('POST', 'faults', {
    ...{ side: 'desk', method: 'POST', path: '/customers.json', kind: 'reset_after', times: 2 },
  });
  await lab.sandbox.asUser('POST', '/projects/api/v3/companies.json', { company: { name: 'Later Ltd' } });
  await lab.runEnded(await lab.startRun());
  await lab.runEnded(await lab.startRun('sweep'));
  const [linked] = await lab.engine.reads.links(site, { kind: 'company', status: 'in_sync', limit: 1 });
  const { client } = lab.engine;
  const company = linked?.link.number ?? 0;
  await client.operate(site, 'company', company, { verb: 'unlink' });
  await client.operate(site, 'company', company, { verb: 'relink', withPeople: false });
  await makeCompany(lab, 'Ordered Ltd');
  await lab.sandbox.control('POST', 'faults', {
    ...{ side: 'desk', method: 'POST', path: '/companies.json', kind: 'reset_after', times: 1 },
  });
  await makeCompany(lab, 'Lost Ltd');
}

async function makeCompany({ engine }: Lab, name: string): Promise<void> {
  const company = { fields: { name }, domains: [], addAsClient: false };
  const ordered = await engine.operations.orderCompany(site, company);
  if (!('order' in ordered)) throw new Error(`${name} was not ordered: ${JSON.stringify(ordered)}`);
  await engine.client.createCompany(site, ordered.order);
}

/** What the Schedule starts once a day. */
async function sweepAsScheduled(client: Client): Promise<void> {
  await client.schedule.getHandle(`${site}/sweep`).trigger();
  for (;;) {
    for await (const { status } of client.workflow.list({ query: "WorkflowType = 'dailySweep'" })) {
      if (status.name === 'COMPLETED') return;
    }
    await new Promise((next) => setTimeout(next, 200));
  }
}

async function main(): Promise<void> {
  mkdirSync(folder, { recursive: true });
  const lab = await openLab({
    sandbox: { companies: 6, people: 24, seed: 9, 'rate-limit': 60_000 },
    settleMs: 1_000,
  });
  try {
    await lab.startWorker();
    await work(lab);
    const { address, namespace } = lab.engine.temporal;
    const connection = await Connection.connect({ address });
    const client = new Client({ connection, namespace });
    await sweepAsScheduled(client);
    const shapes = new Map<string, number>();
    for await (const execution of client.workflow.list()) await keep(client, execution, shapes);
    await connection.close();
  } finally {
    await lab.close();
  }
}

async function keep(
  client: Client,
  { type, workflowId, runId }: WorkflowExecutionInfo,
  shapes: Map<string, number>,
): Promise<void> {
  const history = await client.workflow.getHandle(workflowId, runId).fetchHistory();
  const shape = `${type} ${(history.events ?? []).map(({ eventType }) => eventType).join(' ')}`;
  if (shapes.has(shape)) return;
  const number = [...shapes.keys()].filter((known) => known.startsWith(`${type} `)).length + 1;
  shapes.set(shape, number);
  if (number > 4) return;
  writeFileSync(
    join(folder, `${type}-${number}.json`),
    `${JSON.stringify(historyAsJson(history), null, 1)}\n`,
  );
  process.stdout.write(`${type}-${number}: ${history.events?.length ?? 0} events\n`);
}

main().then(
  () => process.exit(0),
  (error: unknown) => {
    process.stderr.write(`${String(error)}\n`);
    process.exit(1);
  },
);
