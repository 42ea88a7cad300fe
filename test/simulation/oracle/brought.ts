/** R5, R7: no client is made of a Desk company that nobody asked for, and no contact of a customer who stays out. */
import type { Link } from '../../../src/domain/link';
import type { Act } from '../engine/operators';
import type { Site } from '../engine/site';
import { field, keyOfRow, type Change } from '../products/rows';
import { actsOf, allIds, presentNumber } from './asked-for';
import { isUnrecognisable } from './unseen';

type Truth = Pick<Site, 'rows' | 'products' | 'operators' | 'policies'>;

export function broughtUnasked(site: Site): string[] {
  return site.products.changes.flatMap((change) => {
    const { actor, what, after } = change;
    if (actor !== 'engine' || what !== 'create' || after.side !== 'teamwork') return [];
    const links = [...site.rows.links.values()]
      .map(({ link }) => link)
      .filter(
        (link) =>
          link.kind === after.kind &&
          link.phase !== 'merged' &&
          allIds(site, link, 'teamwork').includes(after.id),
      );
    const rule = after.kind === 'company' ? 'R5' : 'R7';
    const isKnown = links.some((link) => isWanted(site, link, change)) || isUnrecognisable(site, change);
    return isKnown ? [] : [`${rule}: the engine made ${keyOfRow(after)}, and nobody asked for it`];
  });
}

function isWanted(site: Truth, link: Link, { at }: Change): boolean {
  const isRestored = site.rows.journal.some(
    (entry) => entry.event === 'restored' && presentNumber(site, entry.link) === link.number,
  );
  const asked = actsOf(site, 'ask', 'askForPeople').filter((act) => act.at <= at);
  const numbers = asked.flatMap(({ result }) => (result.done ? [presentNumber(site, result.link)] : []));
  if (isRestored || numbers.includes(link.number)) return true;
  if (link.kind === 'company') return false;
  const isIncluded = site.operators.inclusions.some((when) => when <= at);
  const ofCompanies = asked.flatMap((act) =>
    act.result.done && !isOfAnother(site, act, at) ? [presentNumber(site, act.result.link)] : [],
  );
  return (
    isIncluded || isAutomatic(site, at) || companiesOf(site, link).some((one) => ofCompanies.includes(one))
  );
}

/** R5, R22: the Desk company that was asked for is gone by then, and another one has taken its place. */
function isOfAnother(site: Truth, act: Act, at: number): boolean {
  return site.rows.journal.some(
    ({ event, side, link, at: when, detail }) =>
      event === 'restored' &&
      side === 'desk' &&
      detail.operation !== act.id &&
      act.result.done &&
      presentNumber(site, link) === presentNumber(site, act.result.link) &&
      Date.parse(when) > act.at &&
      Date.parse(when) <= at,
  );
}

function isAutomatic({ policies }: Truth, at: number): boolean {
  return policies.some((policy) => policy.automatic && policy.at <= at);
}

/** The links of all companies that the customer ever stood in. */
function companiesOf(site: Truth, link: Link): number[] {
  // R17: a merge may have moved the link on since.
  const merged = site.rows.journal.flatMap(({ event, link: of, detail }) =>
    event === 'merged' && of === link.number && typeof detail.from === 'string' ? [detail.from] : [],
  );
  const ids = [...allIds(site, link, 'desk'), ...merged];
  const stoodIn = new Set(
    site.products.changes
      .filter(({ after }) => after.side === 'desk' && after.kind === 'customer')
      .filter(({ after }) => ids.includes(after.id))
      .map(({ after }) => field(after, 'company')),
  );
  return [...site.rows.links.values()].flatMap(({ link: company }) =>
    company.kind === 'company' && allIds(site, company, 'desk').some((id) => stoodIn.has(id))
      ? [company.number]
      : [],
  );
}
