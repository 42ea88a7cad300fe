/** Carries a decision into its link row: status, agreed base, pairing, merging of two rows that are one pair. */
import type { Choices, Link } from '../../../src/domain/link';
import type { Loser, Plan } from '../../../src/domain/plan';
import type { Kind, Side } from '../../../src/domain/record';
import { changeLink, insertLink, journal } from './link-rows';
import { sameJson, type Memory, type SiteRows } from './memory';
import { wakeRivals } from './wakes';

export interface LinkChange {
  readonly kind: Kind;
  /** The link that is decided on and, for a pair, the counterpart's. Null: no row yet. */
  readonly own: Link | null;
  readonly other: Link | null;
  readonly ids: Link['ids'];
  readonly plan: Plan;
}

/** Null when the record got a link meanwhile. */
export function changeOne(
  memory: Memory,
  rows: SiteRows,
  change: LinkChange,
  run: string | null,
): Link | null {
  const { own, other, plan } = change;
  const [survivor, merged] =
    own !== null && other !== null && other.number < own.number ? [other, own] : [own ?? other, own && other];
  if (merged !== null && survivor !== null) {
    const into = survivor.number;
    changeLink(rows, merged.number, { phase: 'merged', mergedInto: into });
    journal(memory, rows, [{ link: merged.number, event: 'merged', detail: { into } }]);
  }
  const link =
    survivor === null
      ? insert(memory, rows, change, run)
      : update(memory, rows, change, { survivor, merged, run });
  if (link === null) return null;
  if (plan.status === 'question') rows.questions.set(link.number, plan.candidates);
  else rows.questions.delete(link.number);
  tell(memory, rows, { change, link, before: survivor, run });
  if (plan.pairWith !== null) wakeRivals(memory, rows, link, run);
  return link;
}

function insert(memory: Memory, rows: SiteRows, change: LinkChange, run: string | null): Link | null {
  const { kind, ids, plan, own } = change;
  const linked = plan.pairWith !== null;
  const isActive = linked || own?.phase === 'active';
  return insertLink(
    memory,
    rows,
    {
      kind,
      phase: isActive ? 'active' : 'lone',
      ids,
      bases: plan.agreed,
      status: plan.status,
      reason: plan.reason,
      notes: plan.notes,
      asked: plan.askedByBox ? 'yes' : null,
      choices: {},
      paused: false,
      activeSince: isActive ? memory.now() : null,
      tombstone: null,
      mergedInto: null,
      incarnation: 1,
    },
    linked ? { run, action: 'linked' } : { run: null, action: null },
  );
}

/** A row that says the same already does not move. */
function update(
  memory: Memory,
  rows: SiteRows,
  { own, ids, plan }: LinkChange,
  of: { readonly survivor: Link; readonly merged: Link | null; readonly run: string | null },
): Link {
  const { survivor, merged, run } = of;
  const linked = plan.pairWith !== null;
  const bases = {
    teamwork: { ...survivor.bases.teamwork, ...plan.agreed.teamwork },
    desk: { ...survivor.bases.desk, ...plan.agreed.desk },
  };
  const { status, reason, notes } = plan;
  const isMoved =
    linked ||
    status !== survivor.status ||
    reason !== survivor.reason ||
    !sameJson([notes, bases], [survivor.notes, survivor.bases]);
  if (!isMoved) return survivor;
  const isActive = linked || own?.phase === 'active';
  return changeLink(
    rows,
    survivor.number,
    {
      phase: isActive ? 'active' : 'lone',
      ids,
      bases,
      status,
      reason,
      notes,
      asked: survivor.asked ?? merged?.asked ?? (plan.askedByBox ? 'yes' : null),
      choices: without(survivor.choices, Object.keys(plan.agreed.teamwork)),
      paused: survivor.paused || merged?.paused === true,
      activeSince: isActive ? (survivor.activeSince ?? memory.now()) : null,
    },
    linked ? { run, action: 'linked' } : {},
  );
}

function tell(
  memory: Memory,
  rows: SiteRows,
  of: {
    readonly change: LinkChange;
    readonly link: Link;
    readonly before: Link | null;
    readonly run: string | null;
  },
): void {
  const { change, before, run } = of;
  const { situation, status, reason, losers, pairWith } = change.plan;
  const link = of.link.number;
  if (pairWith !== null) {
    journal(memory, rows, [{ link, event: 'linked', run, detail: { ...change.ids, status, reason } }]);
  } else if (before?.status !== status || before.reason !== reason) {
    journal(memory, rows, [{ link, event: 'decided', run, detail: { situation, status, reason } }]);
  }
  journal(
    memory,
    rows,
    losers
      .map(({ side, ...detail }) => ({ link, event: 'conflict' as const, side, run, detail }))
      .filter(({ side, detail }) => !isTold(rows, link, side, detail)),
  );
}

/** A choice ends when both sides agree on its field. */
export function without(choices: Choices, fields: readonly string[]): Choices {
  return Object.fromEntries(Object.entries(choices).filter(([field]) => !fields.includes(field)));
}

/** A conflict that is decided again before its write is told once. */
function isTold(rows: SiteRows, link: number, side: Side, detail: Omit<Loser, 'side'>): boolean {
  const own = rows.journal.filter((entry) => entry.link === link);
  const ended = own.findLastIndex(({ event, detail: said }) => {
    if (event === 'updated' || event === 'adopted') return JSON.stringify(said).includes(`"${detail.field}"`);
    return event === 'chosen' || event === 'relinked' || event === 'broken';
  });
  return own
    .slice(ended + 1)
    .some(
      (entry) =>
        entry.event === 'conflict' &&
        entry.side === side &&
        (['field', 'rule', 'value', 'against'] as const).every((part) =>
          sameJson(entry.detail[part], detail[part]),
        ),
    );
}
