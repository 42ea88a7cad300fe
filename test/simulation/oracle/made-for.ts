/** R22: for whom the engine had made what is linked with what remained of a broken link. */
import { otherSide, sides, type Side } from '../../../src/domain/record';
import type { Link } from '../../../src/domain/link';
import type { Site } from '../engine/site';
import { emailsOf } from '../products/products';
import { keyOfRow, type Change } from '../products/rows';
import { plain } from './same';

/** What the engine made for somebody, users have made somebody else. */
export function isAnotherSince(changes: readonly Change[], { after: made }: Change): boolean {
  const identity = ({ fields: { name, email } }: Change['after']) => plain('email', name ?? email);
  return changes.some(
    ({ actor, after }) =>
      actor === 'user' && keyOfRow(after) === keyOfRow(made) && identity(after) !== identity(made),
  );
}

/**
 * The engine made it for somebody of another email than either of the pair had ever had, and users gave that email to
 * the one that remained only then: by R14 the two are one person.
 */
export function isGivenSince(changes: readonly Change[], made: Change, pair: Link['ids']): boolean {
  const { kind, side: its, fields } = made.after;
  const email = plain('email', fields.email);
  const given = changes.find(
    ({ after }) =>
      after.kind === kind &&
      sides.some((side) => after.side === side && after.id === pair[side]) &&
      emailsOf(after).some((one) => plain('email', one) === email),
  );
  return (
    kind === 'customer' &&
    given?.actor === 'user' &&
    given.after.side === otherSide(its) &&
    given.at > made.at
  );
}

/** What the engine made for a customer whom users merged into the one that remained is, by its email, that one's (R14, R17). */
export function madeForMerged(
  { changes, merges }: Site['products'],
  side: Side,
  id: string,
  partner: string,
): boolean {
  const made = changes.find(
    ({ actor, what, after }) =>
      actor === 'engine' && what === 'create' && after.side === otherSide(side) && after.id === partner,
  );
  return (
    side === 'desk' &&
    merges.some(({ primary, secondary }) => {
      const emails = emailsOf(secondary).map((email) => plain('email', email));
      return primary === id && made !== undefined && emails.includes(plain('email', made.sent.email));
    })
  );
}
