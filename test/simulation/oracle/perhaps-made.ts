/** R15: whose lost create made a record that an operator was asked about, whoever has it since. */
import type { Link } from '../../../src/domain/link';
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
