/** Whoever changes a fact that others wait for makes them due in the same transaction (R16, R25). */
import type { Link } from '../../../src/domain/link';
import type { RecordView } from '../../../src/domain/plan';
import { addDue } from './due';
import { linkHolding, refsOf } from './link-rows';
import { recordRow } from './mirror';
import type { Memory, SiteRows } from './memory';
import { allocate } from './record-dues';

interface Person {
  readonly record: RecordView;
  readonly link: Link | null;
}

function peopleOf(rows: SiteRows, company: Link['ids']): Person[] {
  return refsOf(company)
    .flatMap(({ side, id }) => rows.records.peopleIn(side, id))
    .filter(({ record }) => record.presence !== 'gone')
    .map(({ record }) => ({ record, link: linkHolding(rows, 'customer', record) }));
}

function wake(memory: Memory, rows: SiteRows, people: readonly Person[], run: string | null): void {
  const links = new Set(people.flatMap(({ link }) => link?.number ?? []));
  const priority = run === null ? 2 : 4;
  addDue(
    memory,
    rows,
    [...links].map((link) => ({ link, priority, run, at: null, read: [] })),
  );
}

/** A run plans the people by itself in its next phase; without one, or once that has begun, everybody without a link gets one now. */
export function wakePeopleOfLinked(
  memory: Memory,
  rows: SiteRows,
  company: Link['ids'],
  inRun: string | null,
): void {
  const run = inRun !== null && isToPlanPeople(rows, inRun) ? inRun : null;
  if (run === null) {
    for (const { record, link } of peopleOf(rows, company)) {
      if (link === null && record.scope === 'client') allocate(memory, rows, 'customer', record, 'waiting');
    }
  }
  const waiting = peopleOf(rows, company).filter(
    ({ link }) =>
      link !== null &&
      (link.status === 'waiting' ||
        link.status === 'suspended' ||
        isLeftOut(link) ||
        (run === null && link.phase === 'lone')),
  );
  wake(memory, rows, waiting, run);
}

/** Because of their company. */
function isLeftOut({ reason }: Link): boolean {
  return reason === 'company_broken' || reason === 'company_not_linked';
}

function isToPlanPeople(rows: SiteRows, run: string): boolean {
  const { state, phase } = rows.runs.get(run) ?? {};
  return (state === 'running' || state === 'paused') && (phase === 'survey' || phase === 'companies');
}

/** A company's link broke: its people's links rest now, or broke with it (R21, R25). */
export function wakePeopleOfBroken(memory: Memory, rows: SiteRows, company: Link['ids']): void {
  const theirs = peopleOf(rows, company).filter(
    ({ link }) => link?.phase === 'active' || (link?.phase === 'lone' && link.status === 'pending'),
  );
  wake(memory, rows, theirs, null);
}

/** These records came into a link or out of one: whoever shares a signal with them and waits is decided anew. */
export function wakeRivals(
  memory: Memory,
  rows: SiteRows,
  link: Pick<Link, 'kind' | 'ids'>,
  run: string | null,
): void {
  wakeSharing(memory, rows, link, run, ({ phase, status, reason }) => {
    const waits = status === 'question' || (status === 'failing' && reason === 'taken');
    return waits && (phase === 'lone' || phase === 'active');
  });
}

/** A link broke: whoever stands alone and shares a signal with what remained of it may be its counterpart by now (R22). */
export function wakeAlike(
  memory: Memory,
  rows: SiteRows,
  link: Pick<Link, 'kind' | 'ids'>,
  run: string | null,
): void {
  wakeSharing(memory, rows, link, run, ({ phase }) => phase === 'lone');
}

function wakeSharing(
  memory: Memory,
  rows: SiteRows,
  link: Pick<Link, 'kind' | 'ids'>,
  run: string | null,
  which: (link: Link) => boolean,
): void {
  const changed = new Set(keysOf(rows, link));
  const alike = [...rows.links.values()]
    .map((row) => row.link)
    .filter((other) => other.kind === link.kind && which(other))
    .filter((other) => keysOf(rows, other).some((key) => changed.has(key)));
  const priority = run === null ? 2 : 4;
  addDue(
    memory,
    rows,
    alike.map(({ number }) => ({ link: number, priority, run, at: null, read: [] })),
  );
}

function keysOf(rows: SiteRows, { kind, ids }: Pick<Link, 'kind' | 'ids'>): string[] {
  return refsOf(ids).flatMap((ref) =>
    (recordRow(rows, kind, ref)?.keys ?? []).flatMap(({ field, key }) => (field === 'fullName' ? [] : [key])),
  );
}

/** These emails are another person's no more: who keeps one of them beside, and could not be synced with it for that (R8), is due. */
export function wakeSharers(memory: Memory, rows: SiteRows, freed: readonly string[]): void {
  const holders = freed.flatMap((key) => rows.records.withKey('customer', key));
  const noted = holders.flatMap(({ record }) => {
    const link = linkHolding(rows, 'customer', record);
    const isNoted = link?.notes.some(({ reason }) => reason === 'email_of_another_person') === true;
    return link?.phase === 'active' && isNoted ? [{ record, link }] : [];
  });
  wake(memory, rows, noted, null);
}
