/** A whole life of one site of agreeing people, measured: plan, InitialSync, sweep, live edits, console. */
import { setTimeout as sleep } from 'node:timers/promises';
import { fewAtOnce } from '../src/few-at-once';
import { dispatchWindow, liveWindow } from '../src/domain/window';
import { openLab, site, type Lab } from '../test/support/lab';
import type { Call } from '../test/support/sandbox-controls';
import { until } from '../test/support/until';
import { callsSince, isWrite, lastCall } from './calls';
import { edit, pairsOf } from './edits';
import { historiesOf, mostOpenDuring, type Histories } from './histories';
import { inPostgres } from '../test/support/long-lists';
import { farOn, signIn, timesOf, type OpenPage } from './page-times';
import { freely, plainApi } from './plain';
import { loadExplainer, plansOf, type Statement } from './query-plans';
import { cpuSecondsOf, peakMemoryMb } from './processes';
import { databaseBytes } from './weight';

export const peopleACompany = 20;
/** The same in a small site: so many workflows are open, however many records there are. */
export const peopleEdited = 1_000;

const heapLimitMb = 256;
const usersAtATime = 16;
/** WatchSite, a run and the schedule's own workflow, beside those of the links. */
const standing = 3;
/** Worker and server start what is due to live edits, each within a window of its own. */
const startersOfLive = 2;
const lookEveryMs = 500;
const longestRunMs = 3 * 3_600_000;
const historiesRead = 300;
/** Of all statements of a run: few enough to leave its time alone. */
const shareExplained = 0.02;
const liveEdits = 10;

export interface RunMeasured {
  readonly seconds: number;
  /** Of the worker. */
  readonly processorSeconds: number;
  readonly calls: number;
  readonly writes: number;
}

export interface Measured {
  readonly plan: RunMeasured;
  readonly sync: RunMeasured;
  readonly sweep: RunMeasured;
  readonly callsByCompany: number;
  readonly madeOrLost: number;
  readonly linked: number;
  readonly peakMemoryMb: number;
  readonly mostOpen: number;
  readonly window: number;
  readonly histories: Histories;
  /** A record is one of either side: a pair is two. */
  readonly bytesPerRecord: number;
  readonly pages: readonly { readonly name: string; readonly times: readonly number[] }[];
  readonly inRuns: readonly Statement[];
  readonly live: readonly Statement[];
}

export async function measureSite(people: number): Promise<Measured> {
  const lab = await openLab({
    sandbox: { companies: 1, people: 1, 'rate-limit': 1_000_000 },
    hooks: true,
  });
  try {
    await loadExplainer(lab);
    const size = { seed: 1, companies: people / peopleACompany, people, scenario: 'agreed' };
    await lab.sandbox.control('POST', 'reset', size);
    const [worker] = await Promise.all([
      lab.startWorker({ NODE_OPTIONS: `--max-old-space-size=${heapLimitMb}` }),
      lab.startServer(),
    ]);
    await lab.connect();
    await editSome(lab);
    const before = await recordCounts(lab);
    const empty = await databaseBytes(lab);

    const first = await lastCall(lab);
    const runs: Record<'plan' | 'sync' | 'sweep', RunMeasured> = { plan: none, sync: none, sweep: none };
    let mostOpen = 0;
    const inRuns = await plansOf(lab, shareExplained, async () => {
      for (const mode of ['plan', 'sync', 'sweep'] as const) {
        const open = await mostOpenDuring(lab, lookEveryMs, async () => {
          runs[mode] = await measuredRun(lab, worker.pid, mode);
        });
        mostOpen = Math.max(mostOpen, open);
        tell(`${people} people: ${mode} took ${Math.round(runs[mode].seconds)} s`);
      }
    });
    const listings = (await callsSince(lab, first)).filter(({ path }) => path.includes('/people.json'));
    const bytes = await databaseBytes(lab);
    const after = await recordCounts(lab);
    const linked = await activeLinks(lab);
    const budgets = await lab.engine.reads.budgets(site);

    const open = await signIn(lab);
    const pages = await pageTimes(open);
    const live = await plansOf(lab, 1, () => dayOf(lab, open));
    return {
      ...runs,
      callsByCompany: listings.filter(({ path }) => path.includes('companyId=')).length,
      madeOrLost: Object.keys(before).reduce(
        (sum, kind) => sum + Math.abs((after[kind] ?? 0) - (before[kind] ?? 0)),
        0,
      ),
      linked,
      peakMemoryMb: peakMemoryMb(worker.pid),
      mostOpen,
      window: dispatchWindow(budgets) + startersOfLive * liveWindow + standing,
      histories: await historiesOf(lab, historiesRead),
      bytesPerRecord: (bytes - empty) / Object.values(after).reduce((sum, records) => sum + records, 0),
      pages,
      inRuns,
      live,
    };
  } finally {
    await lab.close();
  }
}

const none: RunMeasured = { seconds: 0, processorSeconds: 0, calls: 0, writes: 0 };

/** Users gave so many clients' people another name, whoever are listed first. */
async function editSome(lab: Lab): Promise<void> {
  const api = plainApi(lab, 'teamwork');
  const some = new Set<string>();
  let cursor: string | null = null;
  do {
    const page = await api.list(freely, 'customer', cursor);
    for (const { id, scope } of page.observations)
      if (scope === 'client' && some.size < peopleEdited) some.add(id);
    cursor = page.next;
  } while (cursor !== null && some.size < peopleEdited);
  await fewAtOnce([...some], usersAtATime, async (id) => {
    await lab.sandbox.asUser('PUT', `/people/${id}.json`, { person: { 'last-name': `Edited ${id}` } });
  });
}

async function measuredRun(lab: Lab, worker: number, mode: 'plan' | 'sync' | 'sweep'): Promise<RunMeasured> {
  const before = await lastCall(lab);
  const used = cpuSecondsOf(worker);
  const begun = performance.now();
  await ended(lab, await lab.startRun(mode));
  const seconds = (performance.now() - begun) / 1_000;
  const calls = await callsSince(lab, before);
  return {
    seconds,
    processorSeconds: cpuSecondsOf(worker) - used,
    calls: calls.length,
    writes: calls.filter((call) => isWrite(call) && !isAboutHooks(call)).length,
  };
}

/** Longer than a test would wait: pages of decisions are no progress that a run tells of. */
async function ended(lab: Lab, run: string): Promise<void> {
  const giveUpAt = performance.now() + longestRunMs;
  while ((await lab.engine.store.run(site, run))?.state !== 'finished') {
    if (performance.now() > giveUpAt) throw new Error(`Run ${run} has not finished within three hours.`);
    await sleep(500);
  }
}

/** A watch that begins switches them on. */
function isAboutHooks({ path }: Call): boolean {
  return path.includes('webhook');
}

async function recordCounts(lab: Lab): Promise<Readonly<Record<string, number>>> {
  type Counts = Record<'teamwork' | 'desk', Record<string, number>>;
  const { teamwork, desk } = await lab.sandbox.control<Counts>('GET', 'counts');
  const { companies = 0, customers = 0 } = desk;
  return { clients: teamwork.companies ?? 0, people: teamwork.people ?? 0, companies, customers };
}

function activeLinks(lab: Lab): Promise<number> {
  return inPostgres(lab.databaseUrl, async (postgres) => {
    const { rows } = await postgres.query<{ links: string }>(
      "select count(*) as links from links where phase = 'active' and status = 'in_sync'",
    );
    return Number(rows[0]?.links);
  });
}

async function pagesOf(open: OpenPage): Promise<Readonly<Record<string, string>>> {
  return {
    by_name: '/customers',
    by_name_far_on: await farOn(open, '/customers'),
    by_status: '/customers?order=status',
    by_status_far_on: await farOn(open, '/customers?order=status'),
    by_change: '/customers?order=changed',
    by_change_far_on: await farOn(open, '/customers?order=changed'),
    of_the_frequent_status: '/customers?status=in_sync',
    of_no_status: '/customers?status=failing',
    found_by_text: '/customers?search=edited%204',
    companies_by_name: '/companies',
    companies_by_change: '/companies?order=changed',
    overview: '',
    attention: '/attention',
    runs: '/runs',
  };
}

async function pageTimes(open: OpenPage): Promise<Measured['pages']> {
  const times: { name: string; times: number[] }[] = [];
  for (const [name, path] of Object.entries(await pagesOf(open)))
    times.push({ name, times: await timesOf(() => open(path)) });
  return times;
}

/** What happens to a site that is in step: people edit on both sides, polls look, operators read. */
async function dayOf(lab: Lab, open: OpenPage): Promise<void> {
  const people = (await pairsOf(lab, 'customer')).slice(-2 * liveEdits);
  const companies = (await pairsOf(lab, 'company')).slice(-2 * liveEdits);
  for (const [index, ids] of people.entries())
    await edit(lab, index % 2 === 0 ? 'teamwork' : 'desk', 'customer', ids);
  for (const [index, ids] of companies.entries())
    await edit(lab, index % 2 === 0 ? 'teamwork' : 'desk', 'company', ids);
  await lab.engine.client.pollNow(site);
  await sleep(5_000);
  await until(() => isInStep(lab));
  for (const path of Object.values(await pagesOf(open))) await open(path);
  for (const record of [
    `teamwork:${people[0]?.teamwork ?? ''}`,
    'edited 400',
    `desk:${companies[0]?.desk ?? ''}`,
  ]) {
    for (const { link } of await lab.engine.reads.resolve(site, record)) {
      await lab.engine.reads.timeline(site, link.number, 100);
      await lab.engine.store.view(site, link.number);
    }
  }
}

function isInStep(lab: Lab): Promise<boolean> {
  return inPostgres(lab.databaseUrl, async (postgres) => {
    const { rows } = await postgres.query<{ waits: boolean }>(
      `select exists (select from due) or exists (select from deliveries where dispatched_at is null) as waits`,
    );
    return rows[0]?.waits === false;
  });
}

function tell(line: string): void {
  process.stderr.write(`${line}\n`);
}
