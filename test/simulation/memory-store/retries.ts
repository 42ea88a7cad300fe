/** Writes without effect: when they are tried again, and who waits for a name or an email that is taken, as `src/store/retries.ts` keeps it. */
import { retryAfterMs } from '../../../src/domain/retries';
import type { LinkView } from '../../../src/domain/plan';
import { otherSide, type Kind, type Side } from '../../../src/domain/record';
import { addDue, parkUntil } from './due';
import { putIntent, refsOf } from './link-rows';
import { plusMs, sameJson, type IntentRow, type Memory, type SiteRows } from './memory';
import { recordRow } from './mirror';

/** Notes why the closed intent had no effect; answers when the same write is to be tried again. */
export function parkIntent(
  memory: Memory,
  rows: SiteRows,
  { id }: IntentRow,
  refusal: string,
): string | null {
  const closed = rows.intents.get(id);
  if (closed === undefined) return null;
  const own = [...rows.intents.values()].filter(
    ({ link, side }) => link === closed.link && side === closed.side,
  );
  const others = own.filter(({ sent }) => !sameJson(sent, closed.sent)).map(({ sentAt }) => sentAt);
  const tries = own.filter(
    (one) =>
      (one.id === id || one.refusal !== null) &&
      sameJson(one.sent, closed.sent) &&
      !others.some((sentAt) => sentAt > one.sentAt),
  ).length;
  const waitMs = retryAfterMs(tries);
  const retryAt = waitMs === null ? null : plusMs(memory.now(), waitMs);
  putIntent(rows, { ...closed, refusal, retryAt });
  return retryAt;
}

/** What the link's latest write was told and the side ignored, while its time has not come and nobody asked for it. */
export function ignoredWrite(memory: Memory, rows: SiteRows, link: number): LinkView['ignored'] {
  const latest = latestIntent(rows, link);
  if (latest?.refusal !== 'remote_ignored') return null;
  const { retryAt, closedAt } = latest;
  if (retryAt !== null && retryAt <= memory.now()) return null;
  const isAsked = rows.journal.some(
    ({ link: of, event, at }) => of === link && event === 'retried' && at > (closedAt ?? ''),
  );
  return isAsked ? null : { side: latest.side, values: latest.sent };
}

/** The link has a turn when its latest write is to be tried again, whatever other turns it had meanwhile. */
export function wakeForRetry(memory: Memory, rows: SiteRows, link: number): void {
  const latest = latestIntent(rows, link);
  const retryAt = latest?.retryAt ?? null;
  if (latest === null || retryAt === null || retryAt <= memory.now()) return;
  parkUntil(memory, rows, link, retryAt, [latest.side]);
}

/** Whoever starts a run wants everything tried again. */
export function retryIgnored(memory: Memory, rows: SiteRows): void {
  for (const intent of [...rows.intents.values()]) {
    if (intent.refusal !== 'remote_ignored') continue;
    if (rows.links.get(intent.link)?.link.status !== 'failing') continue;
    putIntent(rows, { ...intent, retryAt: memory.now() });
  }
}

/** Some records of this side changed: whoever waited for a name or an email that nobody else holds any more is due. */
export function wakeTaken(memory: Memory, rows: SiteRows, kind: Kind, side: Side): void {
  const now = memory.now();
  for (const { link } of rows.links.values()) {
    const waits =
      link.kind === kind && waitsForTaken(link) && (link.phase === 'lone' || link.phase === 'active');
    if (
      !waits ||
      isRefusedOn(rows, link.number, otherSide(side)) ||
      (rows.due.get(link.number)?.at ?? '9') <= now
    )
      continue;
    const wanted = identityOf(rows, kind, otherSide(side), link.ids[otherSide(side)]);
    const isHeld = wanted.some((key) => holdersOf(rows, kind, side, key).some((id) => id !== link.ids[side]));
    if (wanted.length === 0 || isHeld) continue;
    addDue(memory, rows, [{ link: link.number, priority: 2, run: null, at: null, read: [] }]);
  }
}

/** Two linked records that have exchanged a name or an email wait for each other: a question (A50). */
export function twoWaiting(rows: SiteRows, link: number, kind: Kind, side: Side): readonly number[] {
  const own = rows.links.get(link)?.link;
  const other = [...rows.links.values()]
    .map((row) => row.link)
    .find(
      (one) =>
        one.number !== link &&
        one.kind === kind &&
        one.phase === 'active' &&
        waitsForTaken(one) &&
        own?.phase === 'active' &&
        holds(one.ids, own.ids) &&
        holds(own.ids, one.ids),
    );
  return other === undefined ? [] : [link, other.number];

  /** The one holds on the target what the other is to have there. */
  function holds(
    holder: Readonly<Record<Side, string | null>>,
    wanting: Readonly<Record<Side, string | null>>,
  ): boolean {
    const held = new Set(
      refsOf(holder)
        .filter((ref) => ref.side === side)
        .flatMap((ref) => recordRow(rows, kind, ref)?.keys ?? [])
        .map(({ key }) => key),
    );
    return identityOf(rows, kind, otherSide(side), wanting[otherSide(side)]).some((key) => held.has(key));
  }
}

function waitsForTaken({ status, reason }: LinkView['link']): boolean {
  return (status === 'failing' && reason === 'taken') || reason === 'wait_for_each_other';
}

/** What is taken there is not free because of what this side's records say. */
function isRefusedOn(rows: SiteRows, link: number, side: Side): boolean {
  const latest = latestIntent(rows, link);
  return latest?.refusal === 'taken' && latest.side === side;
}

function latestIntent(rows: SiteRows, link: number): IntentRow | null {
  let latest: IntentRow | null = null;
  for (const intent of rows.intents.values()) {
    if (intent.link === link && (latest === null || intent.sentAt > latest.sentAt)) latest = intent;
  }
  return latest;
}

function identityOf(rows: SiteRows, kind: Kind, side: Side, id: string | null): string[] {
  const keys = id === null ? [] : (recordRow(rows, kind, { side, id })?.keys ?? []);
  return keys.filter(({ field }) => field === 'name' || field === 'email').map(({ key }) => key);
}

function holdersOf(rows: SiteRows, kind: Kind, side: Side, key: string): string[] {
  return rows.records
    .withKey(kind, key)
    .map(({ record }) => record)
    .filter((record) => record.side === side && record.presence !== 'gone' && !record.deleted)
    .map(({ id }) => id);
}
