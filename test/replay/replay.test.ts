import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { temporal } from '@temporalio/proto';
import {
  bundleWorkflowCode,
  DefaultLogger,
  Runtime,
  Worker,
  type WorkflowBundleWithSourceMap,
} from '@temporalio/worker';

const { History } = temporal.api.history.v1;
const folder = join(__dirname, 'histories');
const files = readdirSync(folder).filter((name) => name.endsWith('.json'));
const textOf = (file: string) => readFileSync(join(folder, file), 'utf8');

interface RecordedEvent {
  readonly eventType: string;
  readonly activityTaskScheduledEventAttributes?: { activityType: { name: string } };
}

const quiet = new DefaultLogger('ERROR');
Runtime.install({ logger: quiet, telemetryOptions: { logging: { filter: 'OFF', forward: {} } } });

describe('recorded histories', () => {
  let workflowBundle: WorkflowBundleWithSourceMap;
  beforeAll(async () => {
    workflowBundle = await bundleWorkflowCode({
      workflowsPath: require.resolve('../../src/workflows/index'),
      logger: quiet,
    });
  });

  /** The files that the present workflow code does not replay. */
  async function broken(histories: readonly { readonly file: string; readonly json: object }[]) {
    const results = Worker.runReplayHistories(
      { workflowBundle },
      histories.map(({ file, json }) => ({ workflowId: file, history: History.fromObject(json) })),
    );
    const failed: string[] = [];
    for await (const { workflowId, error } of results) if (error !== undefined) failed.push(workflowId);
    return failed;
  }

  const recorded = () => files.map((file) => ({ file, json: JSON.parse(textOf(file)) as object }));

  test('there is one of every workflow', () => {
    const exported = readFileSync(require.resolve('../../src/workflows/index'), 'utf8');
    const types = [...exported.matchAll(/export \{([^}]+)\}/g)].flatMap(([, names = '']) =>
      names.split(',').map((name) => name.trim()),
    );
    expect(types.length).toBeGreaterThan(2);
    expect(types.filter((type) => !files.some((file) => file.startsWith(`${type}-`)))).toEqual([]);
  });

  test('all of them replay', async () => {
    expect(await broken(recorded())).toEqual([]);
  });

  test('one that is tampered with does not', async () => {
    const json = JSON.parse(textOf('initialSync-1.json')) as { events: RecordedEvent[] };
    const scheduled = json.events.find((event) => event.activityTaskScheduledEventAttributes !== undefined);
    if (scheduled?.activityTaskScheduledEventAttributes === undefined) throw new Error('No activity in it.');
    scheduled.activityTaskScheduledEventAttributes.activityType.name = 'somethingElse';
    expect(await broken([{ file: 'tampered', json }])).toEqual(['tampered']);
  });

  test.each(files)('%s holds no name, email or token', (file) => {
    const payloads = [...textOf(file).matchAll(/"data":\s*"([^"]*)"/g)].map(([, data = '']) =>
      Buffer.from(data, 'base64').toString(),
    );
    expect(payloads.length).toBeGreaterThan(0);
    expect(
      payloads.filter((payload) => /@(?!temporalio)|sandbox-token|firstName|lastName/.test(payload)),
    ).toEqual([]);
  });
});
