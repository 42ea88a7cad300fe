/** I16, R11, R12: of two values the one that the policy names stands, whatever came first. */
import type { Field, Side } from '../../../src/domain/record';
import { otherSide } from '../../../src/domain/record';
import type { Site } from '../engine/site';
import { keyOfRow } from '../products/rows';
import { nameOf } from './agreement';
import { choicesOf, idThen } from './asked-for';
import { isMoved } from './lost-values';
import { plain } from './same';
import { wasAsked } from './was-asked';

type Truth = Pick<Site, 'rows' | 'products' | 'policies' | 'operators'>;

export function resolver(site: Truth): string[] {
  return site.rows.journal.flatMap(({ event, link: number, side: loser, at, detail }) => {
    const link = site.rows.links.get(number)?.link;
    if (event !== 'conflict' || loser === null || link === undefined || isMoved(site, link)) return [];
    const name = String(detail.field);
    const told = `${nameOf(link)}: the ${name} of ${loser} lost`;
    const policies = policiesAt(site, Date.parse(at));
    if (detail.rule === 'choice') {
      const isChosen = choicesOf(site, link, detail.field as Field).some((act) => act.at <= Date.parse(at));
      return isChosen ? [] : [`R11: ${told} to a choice, and no operator made one`];
    }
    if (detail.rule === 'first_match') {
      const isRight = loser === 'desk' || policies.includes('desk') || wasAsked(site, link, Date.parse(at));
      return isRight ? [] : [`I16: ${told} the first match, under the policy ${policies.join(' or ')}`];
    }
    const idOf = (side: Side) => idThen(site, link, side, Date.parse(at));
    const ids = { teamwork: idOf('teamwork'), desk: idOf('desk') };
    const isRight = policies.some((policy) =>
      policy === 'latest'
        ? mayBeEarlier(site, link.kind, ids, { loser, name, detail, at })
        : policy !== loser,
    );
    return isRight ? [] : [`I16: ${told} at ${at}, under the policy ${policies.join(' or ')}`];
  });
}

/** The policy of that moment; where it changed while the decision was on its way, both. */
function policiesAt({ policies }: Truth, at: number): readonly string[] {
  const before = policies.filter((policy) => policy.at <= at - decisionMs).at(-1);
  const meanwhile = policies.filter((policy) => policy.at > at - decisionMs && policy.at <= at);
  return [...(before === undefined ? [] : [before]), ...meanwhile].map(({ policy }) => policy);
}

const decisionMs = 1_000;

/** By the vendors' whole seconds: no time that the winner's record had was before that of the loser's edit. */
function mayBeEarlier(
  { products }: Truth,
  kind: string,
  ids: Readonly<Record<Side, string | null>>,
  of: {
    readonly loser: Side;
    readonly name: string;
    readonly detail: Readonly<Record<string, unknown>>;
    readonly at: string;
  },
): boolean {
  const changesOf = (side: Side) =>
    products.changes.filter(
      ({ actor, after, at }) =>
        actor !== 'engine' &&
        after.side === side &&
        after.kind === kind &&
        after.id === ids[side] &&
        at <= Date.parse(of.at),
    );
  const value = plain(of.name, of.detail.value as string);
  const name = of.name as 'name';
  const lost = changesOf(of.loser).find(
    ({ before, after }) =>
      plain(name, after.fields[name]) === value && plain(name, before?.fields[name]) !== value,
  );
  const won = changesOf(otherSide(of.loser)).at(-1);
  if (lost === undefined || won === undefined) return true;
  // A vendor tells of a record's last change only: an edit before our own write to the same record has no time left.
  const isCovered = products.changes.some(
    ({ actor, after, at }) =>
      actor === 'engine' &&
      keyOfRow(after) === keyOfRow(lost.after) &&
      at >= lost.at &&
      at <= Date.parse(of.at),
  );
  // A lost answer's write may have left the very value there, in a form of the product's own: nobody knows it for ours.
  const isItsForm = products.changes.some(
    ({ actor, after, sent, at }) =>
      actor === 'engine' &&
      keyOfRow(after) === keyOfRow(won.after) &&
      sent[name] !== undefined &&
      plain(name, sent[name]) === value &&
      plain(name, after.fields[name]) === plain(name, of.detail.against as string) &&
      at <= Date.parse(of.at),
  );
  if (isCovered || isItsForm) return true;
  const [lostAt, wonAt] = [lost.after.updatedAt, won.after.updatedAt];
  return of.loser === 'desk' ? wonAt >= lostAt : wonAt > lostAt;
}
