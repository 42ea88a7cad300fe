/** What a site costs as it grows, of whose people 95 % agree: the worker's memory, the store's bytes, Temporal's events. */
import { fewAtOnce } from '../src/few-at-once';
import { openLab, type Lab } from '../test/support/lab';
import { truthOf } from '../test/support/truth';
import { figure, type Figure } from './figures';
import { inTemporal } from './histories';
import { peakMemoryMb } from './processes';
import { databaseBytes } from './weight';

const sizes = [1_000, 10_000, 50_000] as const;
const oneInEditedFirst = 20;
const heapLimitMb = 256;
const usersAtATime = 16;

interface Cost {
  readonly people: number;
  readonly peakMemoryMb: number;
  readonly bytesPerRecord: number;
  readonly eventsPerRecord: number;
}

export async function growth(): Promise<readonly Figure[]> {
  const costs: Cost[] = [];
  for (const people of sizes) costs.push(await costOf(people));
  const [middle, largest] = [costs.at(-2), costs.at(-1)];
  if (middle === undefined || largest === undefined) throw new Error('A comparison needs two sizes.');
  const told = costs.flatMap(({ people, ...cost }) => [
    figure('growth', `peak_memory_of_${people}`, cost.peakMemoryMb, 'MB', null),
    figure('growth', `bytes_per_record_of_${people}`, cost.bytesPerRecord, 'bytes', null),
    figure('growth', `events_per_record_of_${people}`, cost.eventsPerRecord, 'events', null),
  ]);
  const ratio = (of: (cost: Cost) => number) => of(largest) / of(middle);
  return [
    ...told,
    figure(
      'growth',
      'peak_memory_ratio',
      ratio((cost) => cost.peakMemoryMb),
      'ratio',
      { atMost: 1.15 },
    ),
    figure(
      'growth',
      'bytes_per_record_ratio',
      ratio((cost) => cost.bytesPerRecord),
      'ratio',
      { atMost: 1.05 },
    ),
    figure(
      'growth',
      'events_per_record_ratio',
      ratio((cost) => cost.eventsPerRecord),
      'ratio',
      { atMost: 1.05 },
    ),
  ];
}

async function costOf(people: number): Promise<Cost> {
  const lab = await openLab({ sandbox: { companies: 1, people: 1, 'rate-limit': 1_000_000 } });
  try {
    await lab.sandbox.control('POST', 'reset', {
      seed: 1,
      companies: people / 20,
      people,
      scenario: 'agreed',
    });
    await editSome(lab);
    const worker = await lab.startWorker({ NODE_OPTIONS: `--max-old-space-size=${heapLimitMb}` });
    await lab.connect();
    const empty = await databaseBytes(lab);
    await lab.runEnded(await lab.startRun());
    return {
      people,
      peakMemoryMb: peakMemoryMb(worker.pid),
      bytesPerRecord: ((await databaseBytes(lab)) - empty) / people,
      eventsPerRecord: (await historyEvents(lab)) / people,
    };
  } finally {
    await lab.close();
  }
}

async function editSome(lab: Lab): Promise<void> {
  const { teamwork } = await truthOf(lab.sandbox);
  const some = teamwork.customer.filter((_person, index) => index % oneInEditedFirst === 0);
  await fewAtOnce(some, usersAtATime, async ({ id }) => {
    await lab.sandbox.asUser('PUT', `/people/${id}.json`, { person: { 'last-name': `Edited ${id}` } });
  });
}

function historyEvents(lab: Lab): Promise<number> {
  return inTemporal(lab, async ({ workflow }) => {
    let events = 0;
    for await (const { historyLength } of workflow.list()) events += historyLength;
    return events;
  });
}
