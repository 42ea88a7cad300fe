/** R15: whose lost create made a record that an operator was asked about, whoever has it since. */
import type { Link } from '../../../src/domain/link';
import { otherSide } from '../../../src/domain/record';
import type { JournalEntry } from '../../../src/ports/reads';
import type { Site } from '../engine/site';
import type { Change } from '../products/rows';
import { presentNumber } from './asked-for';
import { same } from './same';

/**
 * R15: the link's create made it, its answer was lost, and it was asked about. Without an answer it is nobody's, as when it
 * was deleted since, or the customer has got the link of another in a merge (R17).
 */
export function isPerhapsItsOwn({ rows }: Pick<Site, 'rows'>, link: Link, { after, sent }: Change): boolean {
  const isAskedAbout = ({ event, side, detail }: JournalEntry) =>
    event === 'no_effect' &&
    side === after.side &&
    Array.isArray(detail.candidates) &&
    detail.candidates.includes(after.id);
  const isWritten = (number: number) =>
    [...rows.intents.values()].some(
      (intent) =>
        intent.link === number &&
        intent.kind === after.kind &&
        intent.action === 'create' &&
        Object.entries(sent).every(([name, value]) => same(name, value, intent.sent[name as 'email'])),
    );
  return rows.journal.some(
    (entry) =>
      isAskedAbout(entry) && presentNumber({ rows }, entry.link) === link.number && isWritten(entry.link),
  );
}

/** What it was perhaps made of, and was deleted by that moment: then nobody can answer any more, and it is nobody's. */
export function lostSources(
  { rows, products: { changes } }: Pick<Site, 'rows' | 'products'>,
  made: Change,
  by: number,
): readonly string[] {
  const { side, kind } = made.after;
  return [...rows.links.values()].flatMap(({ link }) => {
    const id = link.ids[otherSide(side)];
    if (link.kind !== kind || link.ids[side] !== null || id === null) return [];
    const last = changes.findLast(
      ({ after, at }) => after.side === otherSide(side) && after.kind === kind && after.id === id && at <= by,
    );
    return last?.what === 'delete' && isPerhapsItsOwn({ rows }, link, made) ? [id] : [];
  });
}
