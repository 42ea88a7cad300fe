/** The plan of a pair that is just being linked: the first match of everything (R12). */
import { askedOf, readDirectly } from './plan-lone';
import { planPair } from './plan-pair';
import type { LinkView, Plan } from './plan';
import { otherSide } from './record';

/**
 * A plan with `pairWith` is answered with what follows once the two are linked: the fields that agree, the writes, the
 * losers. Without the counterpart's record at hand the pairing alone is planned; a plan that pairs nothing stays as it is.
 */
export function planAsPair(view: LinkView, found: Plan): Plan {
  const own = view.records.teamwork ?? view.records.desk;
  const counterpart = view.counterparts.find((record) => record.id === found.pairWith);
  if (own === null || counterpart === undefined) return found;
  // R22: who is left is the rest of a pair, and not copied back to where the other was deleted; the pair's end comes next (R23).
  const gone = [own, counterpart].find(({ presence }) => presence === 'gone');
  if (gone !== undefined) return { ...readDirectly(gone), pairWith: found.pairWith };
  const other = otherSide(own.side);
  const pair: LinkView = {
    ...view,
    link: {
      ...view.link,
      asked: view.link.asked ?? askedOf(view, other, counterpart.id),
      ids: { ...view.link.ids, [own.side]: own.id, [other]: counterpart.id },
      bases: { teamwork: {}, desk: {} },
    },
    records: { ...view.records, [other]: counterpart },
    parents: { ...view.parents, [other]: counterpart.parent },
  };
  const plan = planPair(pair);
  return {
    ...plan,
    situation: 'found',
    pairWith: found.pairWith,
    askedByBox: found.askedByBox,
    because: [...found.because, ...plan.because],
  };
}
