/** R5, R7: no client is made of a Desk company that nobody asked for, and no contact of a customer who stays out. */
import type { Link } from '../../../src/domain/link';
import type { Act } from '../engine/operators';
import type { Site } from '../engine/site';
import { field, keyOfRow, type Change } from '../products/rows';
import { actsOf, allIds, presentNumber } from './asked-for';
import { isPerhapsItsOwn } from './perhaps-made';
import { same } from './same';
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
          (allIds(site, link, 'teamwork').includes(after.id) || isPerhapsItsOwn(site, link, change)),
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
    isIncluded ||
    isAutomatic(site, at) ||
    companiesOf(site, link).some((one) => ofCompanies.includes(one.number) || isAsByBox(site, one, at))
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

/**
 * R5: users made or edited the company, and within seconds a client that says the same: what Desk's own box leaves, which
 * counts as asked, and no product tells it from a client that was made by hand.
 */
function isAsByBox({ products: { changes } }: Truth, { ids }: Link, before: number): boolean {
  const ofUsers = changes.filter(
    ({ actor, what, after, at }) =>
      actor === 'user' && after.kind === 'company' && what !== 'delete' && at < before,
  );
  const clients = ofUsers.filter(
    ({ what, after }) => what === 'create' && after.side === 'teamwork' && after.id === ids.teamwork,
  );
  const companies = ofUsers.filter(({ after }) => after.side === 'desk' && after.id === ids.desk);
  return clients.some((client) =>
    companies.some(
      (company) =>
        client.at - company.at >= -boxSecond &&
        client.at - company.at <= boxWithin &&
        (['name', 'website', 'email'] as const).every((name) =>
          same(name, client.after.fields[name], company.after.fields[name]),
        ),
    ),
  );
}

/** The products tell whole seconds. */
const boxSecond = 1_000;
const boxWithin = 11_000;

/** The links of all companies that the customer ever stood in. */
function companiesOf(site: Truth, link: Link): Link[] {
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
      ? [company]
      : [],
  );
}
