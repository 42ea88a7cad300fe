/** R26: a held change passes when an operator approved just that, and never when it was rejected. */
import type { Site } from '../engine/site';

type Truth = Pick<Site, 'rows' | 'products' | 'operators'>;

export function holdAnswers(site: Truth): string[] {
  return [...answeredUnseen(site), ...passedRejected(site)];
}

/** An answer is bound to the set that was seen. */
export function answeredUnseen({ operators: { holdActs } }: Pick<Truth, 'operators'>): string[] {
  return holdActs.flatMap(({ hold, verdict, seen, was, answer }) => {
    if (!('done' in answer)) return [];
    const isSame = seen.size === was.size && [...seen].every(([link, exactly]) => was.get(link) === exactly);
    return isSame
      ? []
      : [`R26: hold ${hold} was answered (${verdict}), and it was another than the operator saw`];
  });
}

/** What was rejected does not happen, unless its record moved since it was held, or somebody approved it since. */
export function passedRejected({ rows, products }: Pick<Truth, 'rows' | 'products'>): string[] {
  return rows.journal.flatMap(({ event, link, at, detail }, index) => {
    // What its company's deletion took along was not asked about.
    if (event !== 'broken' || typeof detail.causeLink === 'number') return [];
    if (detail.reason === 'unlinked_by_operator') return [];
    const before = rows.journal.slice(0, index).filter((entry) => entry.link === link);
    const answered = before.findLast((entry) => entry.event === 'approved' || entry.event === 'rejected');
    if (answered?.event !== 'rejected') return [];
    const held = before.findLast((entry) => entry.at < answered.at && entry.detail.status === 'held');
    const row = rows.links.get(link)?.link;
    const isMoved = products.changes.some(
      ({ actor, after, at: when }) =>
        actor !== 'engine' &&
        after.kind === row?.kind &&
        after.id === row.ids[after.side] &&
        when > Date.parse((held ?? answered).at) - longestUnreadMs &&
        when <= Date.parse(at),
    );
    return isMoved ? [] : [`R26: link ${link} broke at ${at}, and that was rejected before`];
  });
}

/** A change may be read so late. */
const longestUnreadMs = 120_000;
