/** Carries decisions into link rows: status, agreed base, pairing, merging of two rows that are one pair. */
import { sql } from 'kysely';
import type { Plan } from '../domain/plan';
import { kinds, sides, type Kind, type Side } from '../domain/record';
import { journal, type Entry } from './journal';
import { linkAt } from './lookups';
import type { LockedLink } from './locked-links';
import { tellConflicts } from './conflicts';
import { keepQuestions } from './questions';
import { keyOf, refsIn } from './record-rows';
import { wakeRivals } from './rivals';
import { jsonb } from './storable';
import type { Tx } from './transaction';

export interface LinkChange {
  readonly kind: Kind;
  /** The rows as locked: the link that is decided on and, for a pair, the counterpart's. Null: no row yet. */
  readonly own: LockedLink | null;
  readonly other: LockedLink | null;
  readonly ids: Readonly<Record<Side, string | null>>;
  readonly plan: Plan;
}

export interface ChangedLink {
  readonly number: number;
  readonly version: number;
  readonly change: LinkChange;
  /** It became active by this change. */
  readonly linked: boolean;
}

/** Answers every change that took place; one whose record got a link meanwhile did not. */
export async function changeLinks(
  tx: Tx,
  site: string,
  changes: readonly LinkChange[],
  run: string | null,
): Promise<ChangedLink[]> {
  const planned = changes.map((change) => ({ change, ...rowsOf(change) }));
  await mergeRows(
    tx,
    site,
    planned.flatMap(({ merged, survivor }) =>
      merged === null || survivor === null ? [] : [{ number: merged.number, into: survivor.number }],
    ),
  );
  const updates = planned.flatMap(({ change, survivor, merged }) =>
    survivor === null
      ? []
      : [
          {
            ...rowFor(change),
            number: survivor.number,
            asked: merged?.asked ?? (change.plan.askedByBox ? 'yes' : null),
            paused: merged?.paused ?? false,
          },
        ],
  );
  const versions = await updateRows(tx, site, updates, run);
  const inserts = planned.filter(({ survivor }) => survivor === null).map(({ change }) => rowFor(change));
  const inserted = await insertRows(tx, site, inserts, run);

  const done = planned.flatMap(({ change, survivor, merged }) => {
    const number = survivor?.number ?? inserted.get(keyOfIds(change.ids)) ?? null;
    if (number === null) return [];
    const version = versions.get(number) ?? survivor?.version ?? 1;
    return [{ number, version, change, linked: change.plan.pairWith !== null, before: survivor, merged }];
  });
  await keepQuestions(
    tx,
    site,
    done.map(({ number, change: { plan } }) => ({ link: number, plan })),
  );
  await journal(
    tx,
    site,
    done.flatMap((entry) => entriesOf(entry, run)),
  );
  await tellConflicts(tx, site, done, run);
  for (const kind of kinds) {
    const linked = done.filter((link) => link.linked && link.change.kind === kind);
    const refs = linked.flatMap(({ change }) => refsIn(change.ids));
    await wakeRivals(tx, site, kind, refs, run);
  }
  return done;
}

/** Two rows that turn out to be one pair live on in the lower number. */
function rowsOf({ own, other }: LinkChange): {
  readonly survivor: LockedLink | null;
  readonly merged: LockedLink | null;
} {
  if (own === null || other === null) return { survivor: own ?? other, merged: null };
  return own.number < other.number ? { survivor: own, merged: other } : { survivor: other, merged: own };
}

function rowFor({ kind, own, ids, plan }: LinkChange) {
  const isActive = plan.pairWith !== null || own?.phase === 'active';
  return {
    kind,
    phase: isActive ? 'active' : 'lone',
    teamworkId: ids.teamwork,
    deskId: ids.desk,
    teamworkAgreed: plan.agreed.teamwork,
    deskAgreed: plan.agreed.desk,
    status: plan.status,
    reason: plan.reason,
    notes: plan.notes,
    asked: plan.askedByBox ? ('yes' as const) : null,
    linked: plan.pairWith !== null,
  };
}

type Row = ReturnType<typeof rowFor>;

const rowColumns = sql`
  kind text, phase text, "teamworkId" text, "deskId" text, "teamworkAgreed" jsonb, "deskAgreed" jsonb, status text,
  reason text, notes jsonb, asked text, linked boolean`;

function keyOfIds(ids: Readonly<Record<Side, string | null>>): string {
  return sides.map((side) => keyOf({ side, id: ids[side] ?? '' })).join(' ');
}

async function mergeRows(
  tx: Tx,
  site: string,
  merges: readonly { number: number; into: number }[],
): Promise<void> {
  if (merges.length === 0) return;
  await sql`
    update links u set phase = 'merged', merged_into = x."into", version = l.version + 1
    from jsonb_to_recordset(${jsonb(merges)}) as x(number bigint, "into" bigint)
    cross join ${linkAt(site, sql`x.number`)} l
    where u.ctid = l.place`.execute(tx);
  await journal(
    tx,
    site,
    merges.map(({ number, into }) => ({ link: number, event: 'merged', detail: { into } })),
  );
}

/** Versions of the rows that moved; a row that says the same already does not. */
async function updateRows(
  tx: Tx,
  site: string,
  rows: readonly (Omit<Row, 'asked'> & { number: number; asked: string | null; paused: boolean })[],
  run: string | null,
): Promise<Map<number, number>> {
  if (rows.length === 0) return new Map();
  const moved = await sql<{ number: number; version: number }>`
    update links u set phase = c.phase, teamwork_id = c."teamworkId", desk_id = c."deskId",
      teamwork_base = l.teamwork_base || c."teamworkAgreed", desk_base = l.desk_base || c."deskAgreed",
      status = c.status, reason = c.reason, notes = c.notes, asked = coalesce(l.asked, c.asked),
      paused = l.paused or c.paused, version = l.version + 1,
      choices = l.choices - array(select jsonb_object_keys(c."teamworkAgreed")),
      active_since = case c.phase when 'active' then coalesce(l.active_since, clock_timestamp()) end,
      run = case when c.linked then ${run} else l.run end, action = case when c.linked then 'linked' else l.action end
    from jsonb_to_recordset(${jsonb(rows)}) as c(number bigint, paused boolean, ${rowColumns})
    cross join ${linkAt(site, sql`c.number`)} l
    where u.ctid = l.place and (c.linked or (l.status, l.reason, l.notes) is distinct from (c.status, c.reason, c.notes)
        or l.choices ?| array(select jsonb_object_keys(c."teamworkAgreed"))
        or l.teamwork_base || c."teamworkAgreed" <> l.teamwork_base or l.desk_base || c."deskAgreed" <> l.desk_base)
    returning u.number, u.version`.execute(tx);
  return new Map(moved.rows.map(({ number, version }) => [number, version]));
}

async function insertRows(
  tx: Tx,
  site: string,
  rows: readonly Row[],
  run: string | null,
): Promise<Map<string, number>> {
  if (rows.length === 0) return new Map();
  const inserted = await sql<{ number: number; teamwork: string | null; desk: string | null }>`
    insert into links (site, kind, phase, teamwork_id, desk_id, teamwork_base, desk_base, status, reason, notes,
      asked, active_since, run, action)
    select ${site}, c.kind, c.phase, c."teamworkId", c."deskId", c."teamworkAgreed", c."deskAgreed", c.status, c.reason,
      c.notes, c.asked, case c.phase when 'active' then clock_timestamp() end, case when c.linked then ${run} end,
      case when c.linked then 'linked' end
    from jsonb_to_recordset(${jsonb(rows)}) as c(${rowColumns})
    on conflict do nothing
    returning number, teamwork_id as teamwork, desk_id as desk`.execute(tx);
  return new Map(inserted.rows.map(({ number, ...ids }) => [keyOfIds(ids), number]));
}

function entriesOf(done: ChangedLink & { readonly before: LockedLink | null }, run: string | null): Entry[] {
  const { number, change, before } = done;
  const { plan, ids } = change;
  const { situation, status, reason } = plan;
  if (done.linked) return [{ link: number, event: 'linked', run, detail: { ...ids, status, reason } }];
  if (before?.status === status && before.reason === reason) return [];
  return [{ link: number, event: 'decided', run, detail: { situation, status, reason } }];
}
