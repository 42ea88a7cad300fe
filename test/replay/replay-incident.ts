/**
 * Replays an incident bundle with the present code: `npm run replay-incident -- <file>`. Exit code 1 where a workflow's
 * history or the decision goes another way now.
 */
import { readFileSync } from 'node:fs';
import { isDeepStrictEqual } from 'node:util';
import { temporal } from '@temporalio/proto';
import { bundleWorkflowCode, DefaultLogger, Runtime, Worker } from '@temporalio/worker';
import { planLink } from '../../src/domain/planner';
import type { Incident } from '../../src/incident';

const { History } = temporal.api.history.v1;

const quiet = new DefaultLogger('ERROR');

/** What goes another way than in the bundle, one line each. */
async function replayIncident(incident: Incident): Promise<readonly string[]> {
  const { histories, view, plan } = incident;
  const workflowBundle = await bundleWorkflowCode({
    workflowsPath: require.resolve('../../src/workflows/index'),
    logger: quiet,
  });
  const results = Worker.runReplayHistories(
    { workflowBundle },
    histories.map(({ workflowId, history }) => ({ workflowId, history: History.fromObject(history) })),
  );
  const another: string[] = [];
  for await (const { workflowId, runId, error } of results) {
    if (error !== undefined) another.push(`${workflowId} ${runId}: ${error.message}`);
  }
  const now = planLink(view);
  if (!isDeepStrictEqual(plain(now), plain(plan))) {
    another.push(`The decision is ${now.status}: ${now.reason} now; it was ${plan.status}: ${plan.reason}.`);
  }
  return another;
}

/** As JSON keeps it. */
function plain(data: unknown): unknown {
  return JSON.parse(JSON.stringify(data)) as unknown;
}

async function main(file: string | undefined): Promise<number> {
  if (file === undefined) {
    process.stderr.write('Usage: npm run replay-incident -- <file>\n');
    return 2;
  }
  const incident = JSON.parse(readFileSync(file, 'utf8')) as Incident;
  const another = await replayIncident(incident);
  for (const line of another) process.stdout.write(`${line}\n`);
  if (another.length > 0) return 1;
  const { histories, plan } = incident;
  process.stdout.write(
    `Workflow histories that replay: ${histories.length} of ${histories.length}. The decision is the same: ${plan.status}, ${plan.reason}.\n`,
  );
  return 0;
}

Runtime.install({ logger: quiet, telemetryOptions: { logging: { filter: 'OFF', forward: {} } } });
main(process.argv[2]).then(
  (code) => process.exit(code),
  (error: unknown) => {
    process.stderr.write(`${String((error as Error).stack)}\n`);
    process.exit(3);
  },
);
