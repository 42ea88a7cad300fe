/** I7, I8, I18, I19, I22, I23: what the engine wrote, it had a right to write, and it said so. */
import { otherSide, type Field, type FieldValue } from '../../../src/domain/record';
import type { Link } from '../../../src/domain/link';
import type { Site } from '../engine/site';
import { keyOfRow, texts, type Change } from '../products/rows';
import { allIds, choicesOf, presentNumber } from './asked-for';
import { isPerhapsItsOwn } from './perhaps-made';
import { plain } from './same';
import { isUnrecognisable } from './unseen';

export function engineWrites(site: Site): string[] {
  const writes = site.engineChanges();
  return [
    ...writes.flatMap((write) => [...outOfScope(write), ...ofUnknownOrigin(site, write)]),
    ...unaccounted(site, writes),
    ...tooManyCalls(site),
  ];
}

function outOfScope({ after, before }: Change): string[] {
  const scope = before?.scope ?? after.scope;
  return scope === 'client' ? [] : [`I22: the engine wrote to ${keyOfRow(after)}, which is ${scope}`];
}

/** Every value that the engine wrote was its counterpart's at some time. */
function ofUnknownOrigin(site: Site, write: Change): string[] {
  const { after, sent, what } = write;
  const links = writtenFor(site, write);
  const sources = links.flatMap((link) => allIds(site, link, otherSide(after.side)));
  if (sources.length === 0 || links.some((link) => wasMoved(site, link))) return [];
  if (what === 'create' && isUnrecognisable(site, write)) return [];
  // R17: a link that a merge took away from the record has left its values behind.
  if (site.rows.journal.some(({ event, detail }) => event === 'merged' && detail.from === after.id))
    return [];
  const versions = site.products.changes
    .map((change) => change.after)
    .filter((row) => row.side !== after.side && row.kind === after.kind && sources.includes(row.id));
  // R11: a value that lost is chosen, and told to the side that had it, too.
  const own = site.products.changes
    .map((change) => change.after)
    .filter((row) => keyOfRow(row) === keyOfRow(after));
  return (Object.entries(sent) as [Field, FieldValue][]).flatMap(([name, value]) => {
    if (what === 'create' && plain(name, value) === '') return [];
    const isChosen = links.some((link) => choicesOf(site, link, name).length > 0);
    if (isChosen && own.some((row) => plain(name, row.fields[name]) === plain(name, value))) return [];
    const isTheirs =
      name === 'company'
        ? versions.some((row) => arePair(site, after.side === 'teamwork', String(value), row.fields.company))
        : name === 'alternativeEmails'
          ? links.some((link) => hasOrigin(site, link, texts(value)))
          : versions.some((row) => plain(name, row.fields[name]) === plain(name, value));
    return isTheirs
      ? []
      : [
          `I7: the engine wrote ${name} ${JSON.stringify(value)} to ${keyOfRow(after)}, never its counterpart's`,
        ];
  });
}

/**
 * The links that have the record. R15: what a lost create made is its own link's, if that was asked about it: who has the
 * record since had no part in what was sent.
 */
function writtenFor(site: Site, write: Change): readonly Link[] {
  const { after, what } = write;
  const links = [...site.rows.links.values()]
    .map(({ link }) => link)
    .filter(({ kind }) => kind === after.kind);
  const own = what === 'create' ? links.filter((link) => isPerhapsItsOwn(site, link, write)) : [];
  return own.length > 0 ? own : links.filter((link) => allIds(site, link, after.side).includes(after.id));
}

/** R17: the link, or one that became this one since, had another record before. */
function wasMoved(site: Site, { number }: Link): boolean {
  return site.rows.journal.some(
    ({ event, link, detail }) =>
      event === 'merged' && detail.from !== undefined && presentNumber(site, link) === number,
  );
}

function arePair(site: Site, toTeamwork: boolean, written: string, theirs: FieldValue | undefined): boolean {
  const [teamwork, desk] = toTeamwork ? [written, theirs] : [theirs, written];
  return [...site.rows.links.values()].some(
    ({ link }) =>
      link.kind === 'company' &&
      allIds(site, link, 'teamwork').includes(String(teamwork)) &&
      allIds(site, link, 'desk').includes(String(desk)),
  );
}

/** A set holds what either side had. */
function hasOrigin(site: Site, link: Link, values: readonly string[]): boolean {
  const own = site.products.changes
    .filter(({ after }) => after.kind === 'customer' && link.ids[after.side] === after.id)
    .flatMap(({ after }) => [...texts(after.fields.alternativeEmails), ...texts(after.fields.email)]);
  const known = new Set(own.map((email) => plain('email', email)));
  return values.every((email) => known.has(plain('email', email)));
}

/** I23: as many entries as effects, at least; one whose answer was lost may stand for itself. */
function unaccounted({ rows }: Site, writes: readonly Change[]): string[] {
  const told = ['created', 'updated', 'adopted', 'ignored', 'unknown', 'no_effect', 'refused'];
  const entries = rows.journal.filter(({ event }) => told.includes(event)).length;
  return entries >= writes.length
    ? []
    : [`I23: ${writes.length} writes, and ${entries} entries in the journal`];
}

const perMinute = { teamwork: 150, desk: 120 };

function tooManyCalls({ calls }: Site): string[] {
  return (['teamwork', 'desk'] as const).flatMap((side) => {
    const times = calls.filter((call) => call.side === side).map(({ at }) => at);
    const limit = perMinute[side];
    const over = times.find((time, index) => (times[index + limit] ?? Infinity) - time < 60_000);
    return over === undefined ? [] : [`I19: more than ${limit} calls to ${side} in the minute from ${over}`];
  });
}
