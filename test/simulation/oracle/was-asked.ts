/** R5, R7: whether somebody had asked for a link's Desk record at a moment: by itself, with its company or with the site's. */
import type { Link } from '../../../src/domain/link';
import type { Site } from '../engine/site';
import { field } from '../products/rows';
import { actsOf, idThen, presentNumber } from './asked-for';

type Truth = Pick<Site, 'rows' | 'products' | 'operators'>;

/** The link says so itself, unless a restore has put another in place of the Desk record that was asked for. */
export function wasAsked(site: Truth, link: Link, at: number): boolean {
  // Who took the place of such a one was asked for by nobody (R22).
  const replaced = site.rows.journal.findLast(
    ({ event, link: of, side, at: when }) =>
      event === 'restored' && of === link.number && side === 'desk' && Date.parse(when) <= at,
  );
  const since = replaced === undefined ? 0 : Date.parse(replaced.at);
  const isOfThen = (when: number) => when >= since && when <= at;
  return (
    link.asked === 'yes' ||
    actsOf(site, 'ask').some(
      (act) => isOfThen(act.at) && act.result.done && presentNumber(site, act.result.link) === link.number,
    ) ||
    wasAskedWithCompany(site, link, isOfThen) ||
    site.operators.inclusions.some((when) => isOfThen(when) && wasLeftOut(site, link, when))
  );
}

/** Everybody in the company who had no counterpart yet. */
function wasAskedWithCompany(site: Truth, link: Link, isOfThen: (when: number) => boolean): boolean {
  return actsOf(site, 'askForPeople').some((act) => {
    const id = idThen(site, link, 'desk', act.at);
    const stoodThere = site.products.changes.some(
      ({ after, at }) =>
        after.side === 'desk' &&
        after.kind === 'customer' &&
        after.id === id &&
        field(after, 'company') === act.link?.ids.desk &&
        at <= act.at,
    );
    return isOfThen(act.at) && link.kind === 'customer' && stoodThere && wasLone(site, link, act.at);
  });
}

function wasLone({ rows }: Truth, { number }: Link, at: number): boolean {
  const told = ['linked', 'created', 'adopted', 'broken', 'relinked', 'restored'];
  const last = rows.journal.findLast(
    (entry) => entry.link === number && told.includes(entry.event) && Date.parse(entry.at) <= at,
  );
  return last === undefined || last.event === 'restored';
}

/** Whom the setting or the time of their coming kept out: they are who is included. */
function wasLeftOut({ rows }: Truth, { number }: Link, at: number): boolean {
  const last = rows.journal.findLast(
    ({ link, detail, at: when }) => link === number && detail.status !== undefined && Date.parse(when) <= at,
  );
  return (
    last?.detail.status === 'excluded' &&
    (last.detail.reason === 'automatic_creation_off' || last.detail.reason === 'earlier_customer')
  );
}
