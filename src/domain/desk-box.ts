/** Desk's own box: a company that a user had Desk make a client of counts as asked for (R5). */
import { sameFields } from './canonical';
import { askedOf } from './plan-lone';
import type { LinkView, Plan, RecordView } from './plan';

/** Desk makes the client in the same call. */
const withinMs = 10_000;
/** A pair that was there long before we met it is a first match like any other (R7). */
const metWithinMs = 24 * 3_600_000;

/**
 * No API tells that the box was used. What it leaves: a client that says what the company says, and was made just after
 * the company was made or edited.
 */
export function withDeskBox(view: LinkView, record: RecordView, plan: Plan): Plan {
  if (view.link.asked !== null) return plan;
  const other = view.counterparts.find(({ id }) => id === plan.pairWith);
  if (other === undefined || askedOf(view, other.side, other.id) !== null) return plan;
  const [client, company] = record.side === 'teamwork' ? [record, other] : [other, record];
  return isMadeOf(client, company) ? { ...plan, askedByBox: true } : plan;
}

function isMadeOf(client: RecordView, company: RecordView): boolean {
  if (!sameFields('company', client.fields, company.fields)) return false;
  const madeAt = Date.parse(client.createdAt ?? '');
  if (!(Date.parse(client.firstSeenAt) - madeAt <= metWithinMs)) return false;
  return [company.createdAt, company.updatedAt].some((at) => {
    // Vendors tell whole seconds.
    const after = madeAt - Math.floor(Date.parse(at ?? '') / 1_000) * 1_000;
    return after >= 0 && after <= withinMs;
  });
}
