/** R14, R15, R22: what operators took apart, told apart or joined again is so, and joined by nobody else. */
import type { Link } from '../../../src/domain/link';
import type { JournalEntry } from '../../../src/ports/reads';
import type { Site } from '../engine/site';
import type { Change } from '../products/rows';
import { nameOf } from './agreement';
import { actsOf, allIds, presentNumber } from './asked-for';
import { isUnrecognisable } from './unseen';

type Truth = Pick<Site, 'rows' | 'operators'>;

export function joined(site: Site): string[] {
  return [
    ...joinedUnasked(site),
    ...aliveUnasked(site),
    ...mergedAnew(site),
    ...joinedApart(site),
    ...restoredTwice(site),
  ];
}

/** R22: a tombstone comes to life by a relink or a restore of its own, or of its company with its people. */
export function joinedUnasked(site: Pick<Truth, 'rows' | 'operators'>): string[] {
  const asked = new Set(actsOf(site, 'relink', 'restore', 'ask').map(({ id }) => id));
  return site.rows.journal.flatMap(({ event, link, detail }) => {
    if (event !== 'relinked' && event !== 'restored') return [];
    return asked.has(String(detail.operation))
      ? []
      : [`R22: link ${link} was ${event}, and nobody asked for it`];
  });
}

/** R22: nothing is written for a tombstone, nor is it linked, before an operator joined it again. */
export function aliveUnasked({ rows }: Pick<Truth, 'rows'>): string[] {
  const dead = new Set<number>();
  return rows.journal.flatMap(({ event, link, at }) => {
    if (event === 'broken') dead.add(link);
    if (event === 'relinked' || event === 'restored') dead.delete(link);
    const isAlive = event === 'linked' || event === 'created' || event === 'updated';
    return isAlive && dead.has(link) ? [`R22: link ${link} is broken, and ${event} at ${at}`] : [];
  });
}

/**
 * R22: joined again, it is no first match: what both sides had agreed on is the base. Restored since, it has lost one of
 * the two, and meets whoever R14 finds for the other one for the first time.
 */
export function mergedAnew({ rows }: Pick<Truth, 'rows'>): string[] {
  return rows.journal.flatMap(({ event, link, at, detail }, index) => {
    if (event !== 'conflict' || detail.rule !== 'first_match' || !agreedAtOnce.has(String(detail.field)))
      return [];
    const before = rows.journal.slice(0, index).filter((entry) => entry.link === link);
    const isTold = before.some((entry) => entry.event === 'conflict' && entry.detail.field === detail.field);
    const isRelinked = before.some((entry) => entry.event === 'relinked');
    const isNewPair = before.findLast((entry) => begins.has(entry.event))?.event === 'restored';
    return isRelinked && !isTold && !isNewPair && !wasSuspendedThroughout(before)
      ? [`R22: link ${link} was relinked, and ${String(detail.field)} was a first match at ${at}`]
      : [];
  });
}

/** What a pair goes on from: a base, or none after a restore until the missing record is made. */
const begins = new Set(['relinked', 'restored', 'created', 'adopted']);

/** A pair whose writing was suspended from its match to its break had never agreed on anything. */
function wasSuspendedThroughout(before: readonly JournalEntry[]): boolean {
  const matched = before.findLastIndex(({ event }) => event === 'linked');
  const broken = before.findLastIndex(({ event }) => event === 'broken');
  const life = before.slice(matched, broken);
  return (
    matched >= 0 &&
    life.every(
      ({ event, detail }) => !ofAgreement.has(event) && (detail.status ?? 'suspended') === 'suspended',
    )
  );
}

const ofAgreement = new Set(['created', 'updated', 'conflict', 'relinked', 'restored']);

/** Fields that every reading covers, so that a pair that ever agreed has a base for them. */
const agreedAtOnce = new Set(['name', 'firstName', 'lastName', 'email']);

/** R14: who was told apart is never one pair, unless an operator said otherwise since. */
export function joinedApart(site: Pick<Truth, 'rows' | 'operators'>): string[] {
  return pairsToldApart(site).flatMap(({ kind, teamwork, desk }) =>
    [...site.rows.links.values()].flatMap(({ link }) =>
      link.kind === kind &&
      link.phase === 'active' &&
      link.ids.teamwork === teamwork &&
      link.ids.desk === desk
        ? [`R14: ${nameOf(link)} is a pair, and an operator told them apart`]
        : [],
    ),
  );
}

interface Told {
  readonly kind: string;
  readonly teamwork: string;
  readonly desk: string;
}

export function pairsToldApart(site: Pick<Truth, 'rows' | 'operators'>): readonly Told[] {
  const told = new Map<string, Told | null>();
  for (const { link, operation, candidates } of actsOf(site, 'answer', 'relink')) {
    if (link === null) continue;
    const { kind, ids } = link;
    if (operation.verb === 'relink') {
      told.set(`${kind} ${String(ids.teamwork)} ${String(ids.desk)}`, null);
      continue;
    }
    if (operation.verb !== 'answer') continue;
    for (const other of operation.id === null ? candidates : [operation.id]) {
      const pair = { teamwork: ids.teamwork ?? other, desk: ids.desk ?? other };
      const isApart = operation.verdict === 'apart';
      told.set(`${kind} ${pair.teamwork} ${pair.desk}`, isApart ? { kind, ...pair } : null);
    }
  }
  return [...told.values()].filter((one) => one !== null);
}

/**
 * R15, R22: every restore makes the missing record at most once. What was made for another link, and could not be told
 * to be its, came to this one like a record that a user made; so did the survivor of a merge that was another's (R17).
 */
export function restoredTwice(site: Site): string[] {
  return [...site.rows.links.values()].flatMap(({ link }) => {
    const restores = site.rows.journal.filter(
      ({ event, link: of }) => event === 'restored' && presentNumber(site, of) === link.number,
    );
    if (restores.length === 0) return [];
    const made = site.products.changes.filter(
      (change) =>
        change.actor === 'engine' &&
        change.what === 'create' &&
        change.after.kind === link.kind &&
        allIds(site, link, change.after.side).includes(change.after.id) &&
        !isUnrecognisable(site, change) &&
        !isAnothersSurvivor(site, link, change.after),
    );
    return made.length <= restores.length + 1
      ? []
      : [
          `R22: ${nameOf(link)} was restored ${restores.length} times, and ${made.length} records were made for it`,
        ];
  });
}

/** R17: users merged the link's customer into one that was made for another link. */
function isAnothersSurvivor(
  { rows }: Pick<Site, 'rows'>,
  { number }: Link,
  { side, kind, id }: Change['after'],
): boolean {
  const isOwn = (of: number) => presentNumber({ rows }, of) === number;
  const isMade = ({ event, detail }: JournalEntry) =>
    event === 'created' || (event === 'adopted' && detail.action === 'create');
  const madeFor = rows.journal.find(
    (entry) =>
      isMade(entry) &&
      entry.side === side &&
      entry.detail.id === id &&
      rows.links.get(entry.link)?.link.kind === kind,
  );
  const came = rows.journal.some(
    ({ event, link: of, detail }) => event === 'merged' && side === 'desk' && detail.to === id && isOwn(of),
  );
  return came && madeFor !== undefined && !isOwn(madeFor.link);
}
