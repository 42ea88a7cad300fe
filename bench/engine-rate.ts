/**
 * Records created a second where no limit holds the engine back, over a plain loop of the same clients, and over what
 * this machine's processors could carry at most: all of them at work on nothing else, at what a record costs each part.
 */
import { cpus } from 'node:os';
import { fewAtOnce } from '../src/few-at-once';
import type { Fields, Observation } from '../src/domain/record';
import { openLab, type Lab } from '../test/support/lab';
import { callsSince, isCreate, lastCall, secondsOver } from './calls';
import { figure, type Figure } from './figures';
import { freely, plainApi, readWhole } from './plain';
import { cpuSeconds, parts } from './processes';

const data = { seed: 1, companies: 100, people: 1_500, scenario: 'empty-desk' };
/** The engine's slots for each API. */
const atATime = 8;
const deskLimitPerSecond = 2;

export async function engineRate(): Promise<readonly Figure[]> {
  const lab = await openLab({ sandbox: { companies: 1, people: 1, 'rate-limit': 1_000_000 } });
  try {
    await lab.sandbox.control('POST', 'reset', data);
    const plain = await made(lab, () => plainLoop(lab));
    await lab.sandbox.control('POST', 'reset', data);
    await lab.startWorker();
    await lab.connect();
    const before = cpuSeconds();
    const engine = await made(lab, async () => {
      await lab.runEnded(await lab.startRun());
    });
    const after = cpuSeconds();
    const costs = parts
      .filter((part) => part !== 'server')
      .map((part) => ({ part, ms: (1_000 * (after[part] - before[part])) / engine.records }));
    const bound = (1_000 * cpus().length) / costs.reduce((sum, { ms }) => sum + ms, 0);
    return [
      figure('engine', 'records_per_second', engine.perSecond, 'records/s', null),
      ...costs.map(({ part, ms }) => figure('engine', `${part}_cpu_per_record`, ms, 'ms', null)),
      figure('engine', 'rate_over_processors_bound', engine.perSecond / bound, 'ratio', { atLeast: 0.67 }),
      figure('engine', 'rate_over_plain_loop', engine.perSecond / plain.perSecond, 'ratio', null),
      figure('engine', 'rate_over_desk_limit', engine.perSecond / deskLimitPerSecond, 'ratio', {
        atLeast: 10,
      }),
    ];
  } finally {
    await lab.close();
  }
}

async function made(lab: Lab, work: () => Promise<void>): Promise<{ records: number; perSecond: number }> {
  const before = await lastCall(lab);
  await work();
  const creates = (await callsSince(lab, before)).filter(isCreate);
  return { records: creates.length, perSecond: creates.length / secondsOver(creates) };
}

async function plainLoop(lab: Lab): Promise<void> {
  const [teamwork, desk] = [plainApi(lab, 'teamwork'), plainApi(lab, 'desk')];
  const companies = (await readWhole(teamwork, 'company')).filter(({ scope }) => scope === 'client');
  const ids = new Map<string, string>();
  await fewAtOnce(companies, atATime, async ({ id, fields }) => {
    ids.set(id, (await desk.create(freely, 'company', filled(fields))).id);
  });
  const people = (await readWhole(teamwork, 'customer')).filter((person) => isComplete(person, ids));
  await fewAtOnce(people, atATime, async ({ fields }) => {
    const company = ids.get(String(fields.company)) ?? '';
    await desk.create(freely, 'customer', { ...filled(fields), company }).catch(() => undefined);
  });
}

function isComplete({ fields }: Observation, companies: ReadonlyMap<string, string>): boolean {
  const essential = [fields.firstName, fields.lastName, fields.email];
  return (
    essential.every((value) => typeof value === 'string' && value.trim() !== '') &&
    companies.has(String(fields.company))
  );
}

function filled({ avatar: _, ...fields }: Fields): Fields {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value.length > 0));
}
