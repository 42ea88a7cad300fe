/** The only queue of work (DESIGN §2), as `src/store/due.ts` keeps it. */
import type { Priority } from '../../../src/ports/budget';
import type { DueLink, DueStore } from '../../../src/ports/due';
import { sides, type Side } from '../../../src/domain/record';
import { instantOf } from '../../../src/store/storable';
import { isLikelyEdit, planOf, urgency } from './due-turns';
import { openIntentOf, refsOf } from './link-rows';
import { plusMs, type DueRow, type Memory, type SiteRows } from './memory';
import { setDecided } from './mirror';
import { isHeldBack } from './sites';
import { transactions } from './transactions';

type DueMethods = Pick<
  DueStore,
  'claimDue' | 'finishDue' | 'wakeAt' | 'handOver' | 'parkUntil' | 'releaseDue' | 'postponeDue' | 'drainState'
>;

export function dueMethods(memory: Memory, { redispatchMs }: { readonly redispatchMs: number }): DueMethods {
  return transactions<DueMethods>({
    claimDue(site, run, limit) {
      const rows = memory.of(site);
      const now = memory.now();
      const longAgo = plusMs(now, -redispatchMs);
      const dispatchable = [...rows.due.values()].filter(
        (due) =>
          belongsTo(due, run) &&
          due.at <= now &&
          !isHeldBack(rows.site, due.kind) &&
          rows.links.get(due.link)?.link.paused === false &&
          !isStopped(rows, due.run),
      );
      const abandoned = dispatchable
        .filter((due) => isAbandoned(due, longAgo))
        .sort((one, other) => order(one.dispatchedAt ?? '', other.dispatchedAt ?? ''))
        .slice(0, limit);
      const fresh = dispatchable
        .filter(({ dispatchedAt }) => dispatchedAt === null)
        .sort((one, other) => one.priority - other.priority || order(one.addedAt, other.addedAt))
        .slice(0, limit - abandoned.length);
      return [...abandoned, ...fresh].map((due): DueLink => {
        rows.due.set(due.link, { ...due, dispatchedAt: now, claimedGeneration: due.generation });
        const { link, kind, deleted } = due;
        const read = isLikelyEdit(rows, due, now) ? sides : due.read;
        return {
          link,
          kind,
          priority: urgency(rows, due),
          run: due.run,
          read,
          deleted,
          plan: due.planned ? planOf(rows, link) : null,
        };
      });
    },

    finishDue(site, link) {
      const rows = memory.of(site);
      const due = rows.due.get(link);
      if (due === undefined) return;
      if (due.claimedGeneration !== due.generation) {
        makeReady(rows, link);
        return;
      }
      rows.due.delete(link);
      const ticks = due.run === null ? undefined : rows.runs.get(due.run)?.ticks;
      const slot = slotOf(memory);
      ticks?.set(slot, (ticks.get(slot) ?? 0) + 1);
    },

    wakeAt(site, link, at) {
      addDue(memory, memory.of(site), [{ link, priority: 3, run: null, at: instantOf(at), read: [] }]);
    },

    handOver(site, from, to) {
      handOver(memory, memory.of(site), from, to);
    },

    parkUntil(site, link, at, read) {
      parkUntil(memory, memory.of(site), link, at, read);
    },

    releaseDue(site, link) {
      const rows = memory.of(site);
      makeReady(rows, link);
      dropCancelled(rows, (due) => due.link === link);
    },

    postponeDue(site, link, ms) {
      const rows = memory.of(site);
      const due = rows.due.get(link);
      if (due === undefined) return;
      const later = plusMs(memory.now(), ms);
      const at = due.at > later ? due.at : later;
      rows.due.set(link, { ...due, at, dispatchedAt: null, claimedGeneration: null });
    },

    drainState(site, run) {
      const rows = memory.of(site);
      const now = memory.now();
      const own = [...rows.due.values()].filter((due) => belongsTo(due, run) && rows.links.has(due.link));
      const longAgo = plusMs(now, -redispatchMs);
      const waiting = own.filter(
        (due) =>
          (due.dispatchedAt === null || isAbandoned(due, longAgo)) &&
          rows.links.get(due.link)?.link.paused === false,
      );
      const isReady = (due: DueRow) => due.at <= now && !isHeldBack(rows.site, due.kind);
      const times = own.flatMap(({ dispatchedAt, at }) => (dispatchedAt === null && at > now ? [at] : []));
      return {
        open: own.filter((due) => due.dispatchedAt !== null && !isAbandoned(due, longAgo)).length,
        ready: waiting.filter(isReady).length,
        later: waiting.filter((due) => !isReady(due)).length,
        nextAt: times.sort()[0] ?? null,
      };
    },
  });
}

/** As urgent as it was, for the run that waits for it; what it was to read has been read. */
export function handOver(memory: Memory, rows: SiteRows, from: number, to: number, planned = false): void {
  const due = rows.due.get(from);
  const handed = { link: to, priority: due?.priority ?? 2, run: due?.run ?? null, at: null, read: [] };
  addDue(memory, rows, [handed], planned);
}

export function slotOf(memory: Memory): number {
  return Math.floor(memory.clock() / 10_000);
}

/** A run's own rows; without a run all that nobody's run waits for, and what somebody waits for more than for a run. */
function belongsTo(due: DueRow, run: string | null): boolean {
  return run === null ? due.run === null || due.priority <= 2 : due.run === run;
}

/** Dispatched and not finished for so long that whoever had it may be dead. */
function isAbandoned({ dispatchedAt }: DueRow, longAgo: string): boolean {
  return dispatchedAt !== null && dispatchedAt < longAgo;
}

function order(one: string, other: string): number {
  return one < other ? -1 : one === other ? 0 : 1;
}

function isStopped(rows: SiteRows, run: string | null): boolean {
  const state = run === null ? undefined : rows.runs.get(run)?.state;
  return state === 'paused' || state === 'cancelled';
}

export interface NewDue {
  readonly link: number;
  readonly priority: Priority;
  readonly run: string | null;
  /** Null: now. */
  readonly at: string | null;
  readonly read: readonly Side[];
}

export function addDue(memory: Memory, rows: SiteRows, links: readonly NewDue[], planned = false): void {
  for (const { link, priority, run: inRun, at, read } of links) {
    // A run that has finished waits for nobody.
    const run = inRun !== null && rows.runs.get(inRun)?.state === 'finished' ? null : inRun;
    const of = rows.links.get(link)?.link;
    if (of === undefined) continue;
    const now = memory.now();
    const due = rows.due.get(link);
    const wanted = at ?? now;
    if (due === undefined) {
      const fresh = {
        generation: 1,
        claimedGeneration: null,
        dispatchedAt: null,
        addedAt: now,
        deleted: [],
        planned,
      };
      rows.due.set(link, { link, kind: of.kind, at: wanted, priority, read, run, ...fresh });
      continue;
    }
    const isInWork = due.dispatchedAt !== null && due.generation === due.claimedGeneration;
    rows.due.set(link, {
      ...due,
      at: isInWork || wanted < due.at ? wanted : due.at,
      priority: due.priority < priority ? due.priority : priority,
      read: [...new Set([...due.read, ...read])],
      run: due.run ?? run,
      planned: false,
      generation: due.generation + 1,
    });
  }
}

/** Comes back at that time, and no run waits for it. */
export function parkUntil(
  memory: Memory,
  rows: SiteRows,
  link: number,
  at: string,
  read: readonly Side[] = [],
): void {
  addDue(memory, rows, [{ link, priority: 3, run: null, at: instantOf(at), read }]);
  const due = rows.due.get(link);
  if (due !== undefined) rows.due.set(link, { ...due, run: null });
}

function makeReady(rows: SiteRows, link: number): void {
  const due = rows.due.get(link);
  if (due !== undefined) rows.due.set(link, { ...due, dispatchedAt: null });
}

/** Takes away what only a cancelled run wanted; a write of unknown outcome is looked for all the same (R15). */
export function dropCancelled(rows: SiteRows, which: (due: DueRow) => boolean): void {
  for (const due of [...rows.due.values()]) {
    const isOfCancelled = due.run !== null && rows.runs.get(due.run)?.state === 'cancelled';
    if (!which(due) || due.dispatchedAt !== null || !isOfCancelled) continue;
    if (openIntentOf(rows, due.link) !== null) {
      rows.due.set(due.link, { ...due, run: null });
      continue;
    }
    rows.due.delete(due.link);
    const link = rows.links.get(due.link)?.link;
    for (const ref of link === undefined ? [] : refsOf(link.ids)) setDecided(rows, due.kind, ref, false);
  }
}

/** Who was paused while the run ran goes on without it. */
export function leaveBehind(rows: SiteRows, run: string): void {
  for (const due of [...rows.due.values()]) {
    if (due.run === run) rows.due.set(due.link, { ...due, run: null });
  }
}

/** What a cancelled run still has in work, and unknown writes that nobody waits for, this run waits for. */
export function takeOver(rows: SiteRows, run: string): void {
  const state = rows.runs.get(run)?.state;
  if (state !== 'running' && state !== 'paused') return;
  for (const due of [...rows.due.values()]) {
    const isLost =
      due.run === null
        ? openIntentOf(rows, due.link) !== null
        : rows.runs.get(due.run)?.state === 'cancelled';
    if (isLost) rows.due.set(due.link, { ...due, run });
  }
}
