/**
 * `verify`: reads both sides afresh, as everybody through the budget, and compares them with the links.
 * What differs is read once more, record by record, for the sides may have moved while their listings were read.
 */
import { ApiError } from './domain/errors';
import type { Link } from './domain/link';
import { kinds, sides, type Kind, type Observation, type Side } from './domain/record';
import { verify, type Difference, type VerifyInput, type VerifyReport } from './domain/verify';
import type { Apis, ListingPage, SideApi } from './ports/apis';
import type { Budget, Permit } from './ports/budget';
import type { Reads } from './ports/reads';
import type { Run } from './ports/runs';
import type { Site } from './ports/sites';
import type { Store } from './ports/store';
import { ReadingPace, type VerifyProgress } from './verify-progress';

export interface VerifyPorts {
  readonly store: Store;
  readonly reads: Reads;
  readonly budget: Budget;
  readonly apis: Apis;
}

/** Its message says why the comparison could not be made. */
export class VerifyError extends Error {
  override readonly name = 'VerifyError';
}

const patienceMs = 2_000;
const mostTries = 5;
const linksAtATime = 1_000;
/** Beyond this many something is thoroughly wrong, and a second reading of each would only cost calls. */
const mostReadAgain = 100;

/** What was read and how the links stood, with what that comes to. */
export interface Comparison {
  readonly input: VerifyInput;
  readonly report: VerifyReport;
}

export async function compareSite(
  ports: VerifyPorts,
  id: string,
  tell: (progress: VerifyProgress) => void = () => undefined,
): Promise<Comparison> {
  const site = await ports.store.site(id);
  if (site === null)
    throw new VerifyError(`There is no site ${id}; \`sites\` lists those that are connected.`);
  const reader = readerOf(ports, site);
  const before = await ports.store.latestRun(id, 'sync', 'finished');
  const listed = await readBothSides(reader, before, tell);
  const compare = async (): Promise<Comparison> => {
    const links = await linksOfSite(ports.reads, id);
    const input = { ...listed, links, ...(await standOf(ports.store, id)) };
    return { input, report: verify(input) };
  };
  const first = await compare();
  return (await readAgain(reader, first.report.differences, listed.records)) ? compare() : first;
}

export async function verifySite(ports: VerifyPorts, id: string): Promise<VerifyReport> {
  return (await compareSite(ports, id)).report;
}

interface Reader {
  call<T>(side: Side, make: (api: SideApi, permit: Permit) => Promise<T>): Promise<T>;
}

function readerOf({ apis, budget }: VerifyPorts, site: Site): Reader {
  async function permitFor(side: Side): Promise<Permit> {
    for (;;) {
      const answer = await budget.take({
        site: site.id,
        side,
        priority: 3,
        patienceMs,
        write: null,
        run: null,
      });
      if ('granted' in answer) return answer.granted;
      if ('stopped' in answer) {
        throw new VerifyError(
          site.frozen ??
            `Site ${site.id} is ${answer.stopped}: nothing can be read until an operator resumes it.`,
        );
      }
      await wait(answer.waitMs);
    }
  }
  return {
    async call(side, make) {
      const api = await apis.of(site.id, side);
      for (let tries = 1; ; tries++) {
        try {
          return await make(api, await permitFor(side));
        } catch (error) {
          const passes =
            error instanceof ApiError && (error.kind === 'rate_limited' || error.kind === 'unavailable');
          if (!passes || tries === mostTries) throw error;
          await wait(error.facts.retryAfterMs ?? 500 * 2 ** tries);
        }
      }
    },
  };
}

type Records = Record<Side, Record<Kind, Map<string, Observation>>>;

async function readBothSides(
  reader: Reader,
  /** The last InitialSync: as many records are expected, where the vendor does not say. */
  before: Run | null,
  tell: (progress: VerifyProgress) => void,
): Promise<{ readonly records: Records; readonly unreadable: VerifyInput['unreadable'] }> {
  const perSide = () => ({
    company: new Map<string, Observation>(),
    customer: new Map<string, Observation>(),
  });
  const records: Records = { teamwork: perSide(), desk: perSide() };
  const unreadable: Pick<Observation, 'side' | 'kind' | 'id'>[] = [];
  const listings = sides.flatMap((side) => kinds.map((kind) => [side, kind] as const));
  const expected = listings.map(
    ([side, kind]) =>
      [
        `${side} ${kind}`,
        before === null
          ? null
          : Object.values(before.counts.read[side][kind]).reduce((sum, count) => sum + count, 0),
      ] as const,
  );
  const pace = new ReadingPace(new Map(expected));

  async function readListing(side: Side, kind: Kind): Promise<void> {
    for (let cursor: string | null = null; ;) {
      const at: string | null = cursor;
      const page: ListingPage = await reader.call(side, (api, permit) => api.list(permit, kind, at));
      for (const observation of page.observations) {
        if (!observation.deleted) records[side][kind].set(observation.id, observation);
      }
      unreadable.push(...page.unreadable.map(({ id }) => ({ side, kind, id })));
      cursor = page.next;
      const { total } = page;
      tell(
        pace.read(`${side} ${kind}`, { records: page.observations.length, total, ended: cursor === null }),
      );
      if (cursor === null) return;
    }
  }

  await Promise.all(listings.map(([side, kind]) => readListing(side, kind)));
  return { records, unreadable };
}

export async function linksOfSite(reads: Reads, site: string): Promise<readonly Link[]> {
  const links: Link[] = [];
  for (const kind of kinds) {
    for (let after: number | undefined; ;) {
      const rows = await reads.links(site, {
        kind,
        limit: linksAtATime,
        ...(after === undefined ? {} : { after }),
      });
      links.push(...rows.map(({ link }) => link));
      after = rows.at(-1)?.link.number;
      if (rows.length < linksAtATime) break;
    }
  }
  return links;
}

/** What else the comparison depends on, as it is now. */
async function standOf(store: Store, id: string) {
  const [site, finished] = await Promise.all([store.site(id), store.latestRun(id, 'sync', 'finished')]);
  if (site === null) throw new VerifyError(`Site ${id} was disconnected meanwhile.`);
  const { settings, adoptOnly, paused, users } = site;
  const { automaticallyCreateContacts } = settings;
  return {
    automaticallyCreateContacts,
    adoptOnly,
    paused,
    users,
    initialSyncFinished: finished !== null,
  };
}

/** Reads the records of the differences directly, into `records`. False where there was nothing to read. */
async function readAgain(
  reader: Reader,
  differences: readonly Difference[],
  records: Records,
): Promise<boolean> {
  const wanted = differences.flatMap(({ kind, ids, cause }) =>
    kind === null || cause === 'unreadable'
      ? []
      : sides.flatMap((side) => (ids[side] === null ? [] : [{ side, kind, id: ids[side] }])),
  );
  if (wanted.length === 0 || wanted.length > mostReadAgain) return false;
  for (const { side, kind, id } of wanted) {
    try {
      const record = await reader.call(side, (api, permit) => api.read(permit, kind, id));
      const listed = records[side][kind].get(id)?.fields;
      records[side][kind].set(id, { ...record, fields: { ...listed, ...record.fields } });
    } catch (error) {
      if (!(error instanceof ApiError) || error.kind !== 'gone') throw error;
      records[side][kind].delete(id);
    }
  }
  return true;
}

function wait(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
