/** I9, R26: of one field no more than the larger of 25 and 20 % of the links is blanked, rewritten or moved within a day, and of contacts made for new customers no more than the larger of 50 and 5 %. */
import type { Field, FieldValue, Kind } from '../../../src/domain/record';
import type { Site } from '../engine/site';
import { shownKey } from '../products/calls';
import { field, keyOfRow, texts, type Change } from '../products/rows';
import { wasToBeLookedAt } from './lost-values';
import { plain } from './same';
import { wasAsked } from './was-asked';

const dayMs = 24 * 3_600_000;

/** What was written for one link, so that the same record counts once. */
interface Written {
  readonly link: number;
  readonly at: number;
}

type Truth = Pick<Site, 'rows' | 'products' | 'operators' | 'shown' | 'calls'>;

export function massWrites(site: Truth): string[] {
  return [...tooManyRewritten(site), ...tooManyContacts(site), ...heldForNothing(site)];
}

function tooManyRewritten(site: Truth): string[] {
  const byField = new Map<string, Written[]>();
  for (const change of site.products.changes) {
    if (change.actor !== 'engine' || change.what !== 'update') continue;
    for (const name of Object.keys(change.sent) as Field[]) {
      const link = linkOf(site, change);
      if (link === null || !takesAway(name, change) || isAnnounced(site, link, name, change)) continue;
      if (wasFilledInUnseen(site, name, change)) continue;
      const key = `${change.after.kind} ${name}`;
      byField.set(key, [...(byField.get(key) ?? []), { link, at: change.at }]);
    }
  }
  return [...byField].flatMap(([key, written]) => {
    const [kind] = key.split(' ') as [Kind];
    const most = Math.max(25, Math.floor(mostLinks(site, kind) * 0.2));
    return overInADay(written, most).map((count) => `I9: ${key} was taken away from ${count} within a day`);
  });
}

/** A run announces what it creates; who came while it read is told by hooks and polls, and counts. */
function tooManyContacts(site: Truth): string[] {
  const created = [...site.rows.intents.values()].filter(
    ({ side, kind, action, run, link, state, sentAt }) =>
      side === 'teamwork' &&
      kind === 'customer' &&
      action === 'create' &&
      state === 'confirmed' &&
      run === null &&
      !isLetPass(site, link) &&
      !isAskedFor(site, link, Date.parse(sentAt)) &&
      !wasThereWhenAsked(site, link),
  );
  const most = Math.max(50, Math.floor(mostLinks(site, 'customer') * 0.05));
  const written = created.map(({ link, sentAt }) => ({ link, at: Date.parse(sentAt) }));
  return overInADay(written, most).map((count) => `I9: ${count} contacts were made within a day`);
}

/** Where a kind has fewer links than R26 lets pass in any case, nothing but breaks is held. */
function heldForNothing(site: Truth): string[] {
  return [...site.rows.links.values()].flatMap(({ link: { number, kind, status, reason, phase, ids } }) => {
    if (status !== 'held' || reason !== 'mass_change' || phase === 'broken') return [];
    const rows = [
      site.products.get('teamwork', kind, ids.teamwork ?? ''),
      site.products.get('desk', kind, ids.desk ?? ''),
    ];
    const isBreak = rows.some((row) => row?.deleted === true);
    return isBreak || mostLinks(site, kind) > 25 || site.products.live('desk', kind).length > 50
      ? []
      : [`I9: link ${number} (${kind}) is held, and too little changed for that`];
  });
}

function overInADay(written: readonly Written[], most: number): number[] {
  const counts = written.map(
    ({ at: to }) =>
      new Set(written.filter(({ at }) => at > to - dayMs && at <= to).map(({ link }) => link)).size,
  );
  const worst = Math.max(0, ...counts);
  return worst > most ? [worst] : [];
}

/** Filling in a blank, or another email beside those that are there, takes nothing away. */
function takesAway(name: Field, { before, after, sent }: Change): boolean {
  if (name === 'alternativeEmails') {
    const kept = new Set(texts(sent[name]).map((email) => plain('email', email)));
    const had = texts(before?.fields[name]).map((email) => plain('email', email));
    return had.some((email) => !kept.has(email));
  }
  const had = before === null ? '' : field(before, name);
  return had !== '' && plain(name, had) !== plain(name, sent[name]) && !after.deleted;
}

/**
 * A19: a blank was filled in, for all that any decision knew; what had come there since met a write that no vendor takes on
 * condition, and that was none of those which read their target first.
 */
function wasFilledInUnseen(site: Truth, name: Field, change: Change): boolean {
  const { after, at, sent } = change;
  const wasShown = (value: FieldValue | undefined) =>
    (site.shown.get(shownKey(after, name, value)) ?? Infinity) <= at;
  const { changes } = site.products;
  const earlier = changes
    .slice(0, changes.indexOf(change))
    .filter((one) => keyOfRow(one.after) === keyOfRow(after));
  const others = earlier
    .map((one) => one.after.fields[name])
    .filter((value) => !['', plain(name, sent[name])].includes(plain(name, value)));
  const edit = earlier.findLast(
    (one) => plain(name, one.before?.fields[name]) !== plain(name, one.after.fields[name]),
  );
  return (
    edit !== undefined &&
    wasShown('') &&
    !others.some(wasShown) &&
    !wasToBeLookedAt(site, keyOfRow(after), name, edit.at)
  );
}

function linkOf({ rows }: Truth, { after: { kind, side, id } }: Change): number | null {
  const own = [...rows.links.values()]
    .map(({ link }) => link)
    .filter(({ ids, kind: of }) => of === kind && ids[side] === id);
  return own.find(({ phase }) => phase === 'active')?.number ?? own.at(-1)?.number ?? null;
}

/** Only these leave a base behind: after a write that was refused or had no effect, the first match is still to be made. */
const agreeing = new Set(['created', 'updated', 'adopted']);

/**
 * A run's first match of two records, or of a field that was unread when they were linked, told as such (R8, R12); what an
 * operator asked for or let pass.
 */
function isAnnounced(site: Truth, link: number, name: Field, { at }: Change): boolean {
  const own = site.rows.journal.filter(({ link: of, at: when }) => of === link && Date.parse(when) <= at);
  const linked = own.findLastIndex(({ event }) => event === 'linked');
  const isFirst = !own
    .slice(linked + 1)
    .some(
      ({ event, detail }) => agreeing.has(event) && JSON.stringify(detail.fields ?? []).includes(`"${name}"`),
    );
  const isOfRun = own
    .slice(Math.max(0, linked))
    .some(
      ({ event, run, detail, at: when }) =>
        (event === 'linked' && run !== null) ||
        (event === 'conflict' &&
          detail.rule === 'first_match' &&
          detail.field === name &&
          (run !== null || isUnderWay(site, Date.parse(when)))),
    );
  return (linked >= 0 && isOfRun && isFirst) || isLetPass(site, link);
}

/** Whom an edit lets match before an InitialSync gets there is one of its own. */
function isUnderWay({ rows }: Truth, at: number): boolean {
  return [...rows.runs.values()].some(
    ({ mode, startedAt, finishedAt }) =>
      mode === 'sync' && Date.parse(startedAt) <= at && at <= Date.parse(finishedAt ?? '9999-12-31'),
  );
}

const byOperators = new Set(['approved', 'retried', 'chosen', 'relinked', 'restored', 'asked', 'answered']);

function isLetPass({ rows }: Truth, link: number): boolean {
  return rows.journal.some(({ link: of, event }) => of === link && byOperators.has(event));
}

function isAskedFor(site: Truth, number: number, at: number): boolean {
  const link = site.rows.links.get(number)?.link;
  return link !== undefined && wasAsked(site, link, at);
}

/** R5: who was in a company already when somebody asked for it, comes with it. */
function wasThereWhenAsked({ rows, products }: Truth, number: number): boolean {
  const links = [...rows.links.values()].map(({ link }) => link);
  const own = links.find((link) => link.number === number);
  const person = products.get('desk', 'customer', own?.ids.desk ?? '');
  if (person === undefined) return false;
  const company = links.find(
    ({ kind, ids, asked }) => kind === 'company' && asked === 'yes' && ids.desk === field(person, 'company'),
  );
  const came = products.changes.findLast(
    ({ before, after }) =>
      keyOfRow(after) === keyOfRow(person) &&
      field(after, 'company') !== (before && field(before, 'company')),
  );
  return came !== undefined && came.at < Date.parse(company?.activeSince ?? '');
}

/** The most that were linked at any time: an upper bound of what the share is of. */
function mostLinks({ rows }: Truth, kind: Kind): number {
  return [...rows.links.values()].filter(
    ({ link }) => link.kind === kind && (link.activeSince ?? null) !== null,
  ).length;
}
