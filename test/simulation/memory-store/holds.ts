/** Holds and their members, and an operator's answer to them (R26). A hold's version moves with every member. */
import type { MassChange } from '../../../src/domain/guard';
import type { Field, Kind } from '../../../src/domain/record';
import type { Hold, HoldAnswer, HoldStore } from '../../../src/ports/holds';
import { addDue } from './due';
import type { Proposal } from './guard';
import { changeLink, journal } from './link-rows';
import { plusMs, type Memory, type SiteRows } from './memory';
import { transactions } from './transactions';

interface HoldRow {
  readonly number: number;
  readonly kind: Kind;
  readonly change: MassChange;
  readonly field: string;
  readonly openedAt: string;
  readonly members: Map<number, string>;
  version: number;
  state: 'open' | 'approved' | 'rejected' | 'empty';
  expiresAt: string | null;
}

export interface GuardRows {
  /** When a change passed last, by kind, change, field and link. */
  readonly counted: Map<string, string>;
  readonly holds: Map<number, HoldRow>;
  /** Until when what an operator asked for of a link is awaited. */
  readonly announced: Map<number, string>;
}

export interface Membership extends Proposal {
  readonly hold: number;
  /** `expired`: approved, and the hour is over. */
  readonly state: HoldRow['state'] | 'expired';
}

export function noGuardRows(): GuardRows {
  return { counted: new Map(), holds: new Map(), announced: new Map() };
}

export function membershipsOf(memory: Memory, rows: SiteRows, link: number): Membership[] {
  const now = memory.now();
  return [...rows.guard.holds.values()].flatMap(
    ({ number: hold, change, field, members, state, expiresAt }) => {
      const exactly = members.get(link);
      const isOver = state === 'approved' && expiresAt !== null && expiresAt <= now;
      return exactly === undefined
        ? []
        : [{ hold, link, change, field, exactly, state: isOver ? 'expired' : state }];
    },
  );
}

export function addMembers(memory: Memory, rows: SiteRows, kind: Kind, joining: readonly Proposal[]): void {
  for (const { change, field, link, exactly } of joining) {
    const { holds } = rows.guard;
    let hold = [...holds.values()].find(
      (one) => one.state === 'open' && one.kind === kind && one.change === change && one.field === field,
    );
    if (hold === undefined) {
      const fresh = { members: new Map(), version: 1, state: 'open', expiresAt: null } as const;
      hold = { number: memory.nextNumber(), kind, change, field, openedAt: memory.now(), ...fresh };
      holds.set(hold.number, hold);
    }
    if (hold.members.get(link) === exactly) continue;
    hold.members.set(link, exactly);
    hold.version++;
  }
}

/** A hold that nobody waits in any more is over. */
export function leave(rows: SiteRows, leaving: readonly Membership[]): void {
  for (const { hold: number, link } of leaving) {
    const hold = rows.guard.holds.get(number);
    if (hold?.members.delete(link) !== true) continue;
    hold.version++;
    if (hold.state === 'open' && hold.members.size === 0) hold.state = 'empty';
  }
}

export function openHolds(rows: SiteRows): Hold[] {
  return [...rows.guard.holds.values()].filter(({ state }) => state === 'open').map(toHold);
}

function toHold({ number, kind, change, field, version, openedAt, members }: HoldRow): Hold {
  return {
    number,
    kind,
    change,
    field: field === '' ? null : (field as Field),
    version,
    openedAt,
    count: members.size,
  };
}

export function holdMethods(memory: Memory): HoldStore {
  const answer = (
    site: string,
    number: number,
    seen: number | null,
    answered: 'approved' | 'rejected',
  ): HoldAnswer => {
    const rows = memory.of(site);
    const hold = rows.guard.holds.get(number);
    if (hold?.state !== 'open') return { unknown: true };
    const told = toHold(hold);
    if (seen !== null && seen !== hold.version) return { moved: told };
    hold.state = answered;
    hold.expiresAt = answered === 'approved' ? plusMs(memory.now(), 3_600_000) : null;
    for (const link of hold.members.keys()) {
      journal(memory, rows, [{ link, event: answered, detail: { hold: number } }]);
      if (answered === 'approved')
        addDue(memory, rows, [{ link, priority: 2, run: null, at: null, read: [] }]);
      else if (rows.links.get(link)?.link.status === 'held')
        changeLink(rows, link, { reason: 'mass_change_rejected' });
    }
    return { done: told };
  };
  return transactions<HoldStore>({
    approveHold: (site, number, seen) => answer(site, number, seen, 'approved'),
    rejectHold: (site, number, seen) => answer(site, number, seen, 'rejected'),
  });
}

/** The open hold that a link waits in; null for none. */
export function openHoldOf(rows: SiteRows, link: number): number | null {
  const waitedIn = [...rows.guard.holds.values()].find(
    ({ state, members }) => state === 'open' && members.has(link),
  );
  return waitedIn?.number ?? null;
}
