/** Around a deletion (R17, R21, R22, R25): survivors, what remained of a broken link, former companies, whose word is waited for. */
import type { Link } from '../../../src/domain/link';
import type { MatchRecord } from '../../../src/domain/match';
import type { LinkView, RecordView } from '../../../src/domain/plan';
import { otherSide, sides, type Kind } from '../../../src/domain/record';
import { emailKey } from '../../../src/store/match-keys';
import type { Ref } from '../../../src/store/record-rows';
import { addDue } from './due';
import { brokenOf, changeLink, journal, linkHolding, mergeInto } from './link-rows';
import type { Memory, SiteRows } from './memory';
import { recordRow } from './mirror';
import { wakeRivals } from './wakes';

export function survivorOf(rows: SiteRows, link: Link, desk: RecordView | null): LinkView['survivor'] {
  const { email } = desk?.fields ?? {};
  if (link.kind !== 'customer' || link.phase !== 'active' || desk?.presence !== 'gone') return null;
  if (typeof email !== 'string' || email === '') return null;
  const key = emailKey(email);
  const isToldApart = (id: string) =>
    rows.answers.customer.some(
      (answer) => answer.teamwork === link.ids.teamwork && answer.desk === id && answer.verdict === 'apart',
    );
  const holders = rows.records.withKey('customer', key).filter(({ record, keys }) => {
    const { side, id, presence, deleted, scope, createdAt } = record;
    if (side !== 'desk' || id === desk.id || presence === 'gone' || deleted || scope !== 'client')
      return false;
    const tookOver = keys.some((held) => held.key === key && held.field === 'alternativeEmails');
    const wasThere = createdAt !== null && createdAt < (link.activeSince ?? '');
    return tookOver || (wasThere && !isToldApart(id));
  });
  const [only, second] = holders;
  if (only === undefined || second !== undefined) return null;
  const own = linkHolding(rows, 'customer', only.record);
  const { record } = only;
  return { record, link: own?.phase === 'active' ? own.number : null, toldApart: isToldApart(record.id) };
}

export function tombstoneOf(rows: SiteRows, kind: Kind, { side, id }: Ref): MatchRecord['tombstone'] {
  const latest = brokenOf(rows, kind, [{ side, id }]).at(-1);
  const tombstone = latest?.tombstone ?? null;
  if (latest === undefined || tombstone === null) return null;
  const other = latest.ids[otherSide(side)];
  const counterpart = other === null ? null : recordRow(rows, kind, { side: otherSide(side), id: other });
  const hasOwnTime = tombstone.reason === 'unlinked_by_operator' || tombstone.reason === 'merged_in_desk';
  const aliveAt = hasOwnTime ? null : (counterpart?.aliveAt ?? null);
  return { link: latest.number, since: aliveAt ?? tombstone.at, brokenAt: tombstone.at };
}

/** The companies that a pair's bases name, whether its records are still in them or not. */
export function formerCompanies({ phase, bases }: Link): Ref[] {
  if (phase !== 'active') return [];
  return sides.flatMap((side) => {
    const { company } = bases[side];
    return typeof company === 'string' && company !== '' ? [{ side, id: company }] : [];
  });
}

export function moveToSurvivor(
  memory: Memory,
  rows: SiteRows,
  link: Link,
  to: string,
  run: string | null,
): void {
  const other = linkHolding(rows, link.kind, { side: 'desk', id: to });
  if (other !== null) {
    mergeInto(memory, rows, link.number, { link: other.number, side: 'desk', run });
    rows.questions.delete(other.number);
  }
  const ids = { ...link.ids, desk: to };
  changeLink(rows, link.number, { ids, status: 'pending', reason: 'changes_to_write' });
  for (const each of [link.ids, ids]) wakeRivals(memory, rows, { kind: link.kind, ids: each }, run);
  const detail = { from: link.ids.desk, to };
  journal(memory, rows, [{ link: link.number, event: 'merged', side: 'desk', run, detail }]);
}

/** People whose deletion is believed only once it is known whether their company went with them (R21). */
export function wakePeopleWaitingFor(memory: Memory, rows: SiteRows, teamworkId: string | null): void {
  if (teamworkId === null) return;
  const waiting = rows.records.peopleIn('teamwork', teamworkId).flatMap(({ record }) => {
    const link = linkHolding(rows, 'customer', record);
    const waits = link?.phase === 'active' && link.status === 'pending';
    return waits && link.reason === 'gone_to_be_confirmed' ? [link.number] : [];
  });
  addDue(
    memory,
    rows,
    waiting.map((link) => ({ link, priority: 2, run: null, at: null, read: [] })),
  );
}
