/** Every filter that docs/temporal-ui.md gives operators, tried on the running server as it stands there. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Client, Connection } from '@temporalio/client';
import { openLab, site, type Lab } from '../support/lab';
import { desk, operatorOf } from '../support/operator-of';
import { until } from '../support/until';
import { truthOf } from '../support/truth';

const page = readFileSync(join(__dirname, '../../docs/temporal-ui.md'), 'utf8');
/** The last cell of a row, where it is a filter. */
const filters = [...page.matchAll(/\| `([A-Z]\w+ (?:=|IN) [^`]+)`\s*\|$/gm)].map(([, filter = '']) => filter);

/** Workflow ids that a filter must list; `others`: what it may list beside them. */
interface Expected {
  readonly listed: readonly string[];
  readonly others?: RegExp;
}

describe('the filters of docs/temporal-ui.md', () => {
  let lab: Lab;
  let connection: Connection;
  let expected: Readonly<Record<string, Expected>>;
  const { done, explain, settled, create, newDeskCompany } = operatorOf(() => lab);
  const begun = new Date().toISOString();
  const filled: Record<string, string> = { '<moment>': begun };

  const runOf = async (record: string) => {
    const { kind, link } = await explain(record);
    return `${site}/${kind}/${link}`;
  };

  async function matching(filter: string): Promise<readonly string[]> {
    const query = filter.replace(/<\w+>/g, (name) => filled[name] ?? name);
    const client = new Client({ connection, namespace: lab.engine.temporal.namespace });
    const ids = new Set<string>();
    for await (const { workflowId } of client.workflow.list({ query })) ids.add(workflowId);
    return [...ids].sort();
  }

  /** Three customers whose writes Desk refuses, or that go, or rest; a question; a company that fails with its person. */
  beforeAll(async () => {
    lab = await openLab({
      sandbox: { companies: 4, people: 12, seed: 3, 'rate-limit': 60_000 },
      settleMs: 1_000,
      pollMs: 1_000,
    });
    connection = await Connection.connect({ address: lab.temporalAddress });
    await lab.connect();
    await lab.startWorker();
    await lab.runEnded(await lab.startRun());
    await lab.runEnded(await lab.startRun('sweep'));
    const active = await lab.engine.reads.links(site, { kind: 'customer', status: 'in_sync', limit: 3 });
    const [refused, deleted, paused] = active.map(({ link }) => link);
    const idOf = (link: typeof refused, side: 'teamwork' | 'desk') => link?.ids[side] ?? '';

    await lab.sandbox.control('POST', 'faults', {
      ...{ side: 'desk', method: 'PATCH', path: `/customers/${idOf(refused, 'desk')}.json`, kind: 'status' },
      status: 422,
    });
    await lab.sandbox.asUser('PUT', `/people/${idOf(refused, 'teamwork')}.json`, {
      person: { 'first-name': 'Refused' },
    });
    await settled(`teamwork:${idOf(refused, 'teamwork')}`, 'failing');

    await lab.sandbox.asUser('DELETE', `${desk}/customers/${idOf(deleted, 'desk')}.json`);
    await settled(`teamwork:${idOf(deleted, 'teamwork')}`, 'broken');
    await done(`pause ${paused?.number ?? 0}`);

    await done('pause');
    const wooed = await newDeskCompany('Twin');
    const twins: number[] = [];
    for (const name of ['Twin GmbH', 'Twin AG']) {
      twins.push(await create('/projects/api/v3/companies.json', { company: { name } }));
    }
    await done('resume');
    for (const twin of twins) await settled(`teamwork:${twin}`, 'question');

    await lab.sandbox.control('POST', 'faults', {
      ...{ side: 'desk', method: 'POST', path: '/companies.json', kind: 'status', status: 422 },
    });
    const company = await create('/projects/api/v3/companies.json', { company: { name: 'Unwelcome' } });
    await settled(`teamwork:${company}`, 'failing');
    const person = await create('/people.json', {
      person: {
        'first-name': 'Una',
        'last-name': 'Wait',
        'email-address': 'una@unwelcome.test',
        'company-id': company,
      },
    });
    await settled(`teamwork:${person}`, 'waiting');
    await lab.sandbox.control('DELETE', 'faults');

    await done('company create --name "Ordered Works"');
    const ordered = (await truthOf(lab.sandbox)).desk.company.find(({ name }) => name === 'Ordered Works');
    await settled(`desk:${ordered?.id ?? 0}`, 'excluded');

    const failing = `${site}/customer/${refused?.number ?? 0}`;
    const companyRun = await runOf(`teamwork:${company}`);
    Object.assign(filled, {
      '<link>': String(refused?.number ?? 0),
      '<company>': String(company),
      '<customer>': idOf(deleted, 'desk'),
    });
    const questions = await Promise.all(twins.map((twin) => runOf(`teamwork:${twin}`)));
    const gone = `${site}/customer/${deleted?.number ?? 0}`;
    const watch = `${site}/watch`;
    expected = {
      "WorkflowId = 'acme/customer/<link>'": { listed: [failing] },
      "Site = 'acme' AND Kind = 'company' AND TeamworkId = '<company>'": { listed: [companyRun] },
      "Site = 'acme' AND Kind = 'customer' AND DeskId = '<customer>'": { listed: [gone] },
      "Site = 'acme' AND Kind = 'customer' AND LinkStatus = 'failing'": { listed: [failing] },
      "Site = 'acme' AND LinkStatus = 'failing' AND Reason = 'refused'": { listed: [failing, companyRun] },
      // Whom both want may have been asked about in a run of its own.
      "Site = 'acme' AND LinkStatus = 'question'": {
        listed: questions,
        others: new RegExp(`^${await runOf(`desk:${wooed}`)}$`),
      },
      "Site = 'acme' AND LinkStatus = 'waiting' AND Reason = 'company_failing'": {
        listed: [await runOf(`teamwork:${person}`)],
      },
      "Site = 'acme' AND LinkStatus = 'broken' AND Reason = 'deleted_in_desk'": { listed: [gone] },
      "Site = 'acme' AND LinkStatus = 'paused'": { listed: [`${site}/customer/${paused?.number ?? 0}`] },
      "ExecutionStatus IN ('Failed', 'TimedOut', 'Terminated')": { listed: [] },
      "Site = 'acme' AND ExecutionStatus = 'Running'": { listed: [watch] },
      "Site = 'acme' AND Kind IN ('company', 'customer') AND ExecutionStatus = 'Running' AND StartTime < '<moment>'":
        {
          listed: [],
        },
      "Site = 'acme' AND WorkflowType = 'initialSync'": { listed: [`${site}/initial-sync`] },
      "Site = 'acme' AND WorkflowType = 'sweep'": { listed: [`${site}/sweep`] },
      "Site = 'acme' AND WorkflowType = 'createCompany'": { listed: [], others: /^acme\/new-company\// },
      "ExecutionStatus = 'Completed' AND CloseTime > '<moment>'": {
        listed: [failing, gone],
        others: /^acme\//,
      },
    };
  });
  afterAll(async () => {
    await connection.close();
    await lab.close();
  });

  test('the page has filters, and each is one that is tried here', () => {
    expect([...filters].sort()).toEqual(Object.keys(expected).sort());
  });

  test.each(filters)('%s', async (filter) => {
    const { listed, others } = expected[filter] ?? { listed: ['no expectation'] };
    let found: readonly string[] = [];
    // The server lists a run some moments after it ended.
    await until(
      async () => {
        found = await matching(filter);
        const strangers = found.filter((id) => !listed.includes(id) && others?.test(id) !== true);
        const missing = listed.filter((id) => !found.includes(id));
        return strangers.length + missing.length === 0 && (others === undefined || found.length > 0);
      },
      () => `${filter} lists ${JSON.stringify(found)}, not ${JSON.stringify(listed)}`,
    );
  });

  test('what happened to a link names the Temporal run that did it', async () => {
    const client = new Client({ connection, namespace: lab.engine.temporal.namespace });
    const link = Number(filled['<link>']);
    const entries = await lab.engine.reads.timeline(site, link, 50);
    const runs = entries.flatMap(({ workflow }) => workflow ?? []);
    expect(entries.length - runs.length).toBe(0);
    expect(new Set(runs.map(({ id }) => id))).toEqual(
      new Set([`${site}/initial-sync`, `${site}/customer/${link}`]),
    );
    for (const { id, run } of runs) {
      expect(await client.workflow.getHandle(id, run).describe()).toMatchObject({
        workflowId: id,
        runId: run,
      });
    }
    const sync = client.workflow.getHandle(`${site}/initial-sync`);
    const { currentDetails } = await sync.query<{ currentDetails: string }>('__temporal_workflow_metadata');
    const latest = await lab.engine.store.latestRun(site, 'sync');
    expect(currentDetails).toContain(`In the console: /sites/${site}/runs/${latest?.id ?? ''}`);
  });

  test('an ended run says in words how its link stood, and its details hold nothing of the record', async () => {
    const client = new Client({ connection, namespace: lab.engine.temporal.namespace });
    const handle = client.workflow.getHandle(`${site}/customer/${filled['<link>'] ?? ''}`);
    const told = await handle.describe();
    const now = await handle.query<{ currentDetails: string }>('__temporal_workflow_metadata');
    expect(await told.staticSummary()).toBe(`Keeps customer link ${filled['<link>'] ?? ''} of acme in step`);
    expect(now.currentDetails).toBe(
      'When this run ended, the link was failing. The other side refused the write.',
    );
    // The server's own attribute names the worker's program.
    const ours = told.typedSearchAttributes.getAll().filter(({ key }) => key.name !== 'BuildIds');
    expect(ours).toHaveLength(6);
    expect(`${(await told.staticDetails()) ?? ''} ${JSON.stringify(ours)}`).not.toMatch(/@|Refused/);
    // The console's pages link to the run, and the run names the page.
    expect(await told.staticDetails()).toContain(`/sites/${site}/links/${filled['<link>'] ?? ''}`);
    const { events } = await handle.fetchHistory();
    const upserts = (events ?? []).filter((event) => event.upsertWorkflowSearchAttributesEventAttributes);
    expect(upserts).toHaveLength(1);
  });
});
