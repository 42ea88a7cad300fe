/** Look-ups that the judgements of `verify` share. */
import { canonicalEmail, canonicalEmails } from './canonical';
import type { Link } from './link';
import { sides, type Kind, type Observation, type Side } from './record';
import type { VerifyInput } from './verify';

type ByRecord<T> = Readonly<Record<Side, Readonly<Record<Kind, ReadonlyMap<string, T>>>>>;

export interface World extends VerifyInput {
  /** Links that hold a record, by its id: lone and active ones. One that works right has one at most. */
  readonly open: ByRecord<readonly Link[]>;
  readonly broken: ByRecord<readonly Link[]>;
  /** Emails of people who never sync (R1). */
  readonly staffEmails: ReadonlySet<string>;
}

export function indexWorld(input: VerifyInput): World {
  return {
    ...input,
    open: byRecord(input.links.filter(({ phase }) => phase === 'lone' || phase === 'active')),
    broken: byRecord(input.links.filter(({ phase }) => phase === 'broken')),
    staffEmails: new Set(
      [...input.records.teamwork.customer.values()]
        .filter(({ scope }) => scope !== 'client')
        .flatMap(emailsOf),
    ),
  };
}

function byRecord(links: readonly Link[]): ByRecord<readonly Link[]> {
  const perSide = () => ({ company: new Map<string, Link[]>(), customer: new Map<string, Link[]>() });
  const index = { teamwork: perSide(), desk: perSide() };
  for (const link of links) {
    for (const side of sides) {
      const id = link.ids[side];
      if (id === null) continue;
      const known = index[side][link.kind].get(id);
      if (known === undefined) index[side][link.kind].set(id, [link]);
      else known.push(link);
    }
  }
  return index;
}

export function emailsOf({ fields: { email = '', alternativeEmails = [] } }: Observation): string[] {
  const primary = canonicalEmail(String(email));
  return [primary, ...canonicalEmails([alternativeEmails].flat())].filter((one) => one !== '');
}

/** The link of the company that a record's `company` field names; null where it names none or none is active. */
export function companyLinkOf(world: World, record: Observation): Link | null {
  const links = world.open[record.side].company.get(String(record.fields.company ?? ''));
  return links?.find(({ phase }) => phase === 'active') ?? null;
}

export function isPaused(world: World, kind: Kind, link: Link | null): boolean {
  return world.paused.site || world.paused.kinds.includes(kind) || (link?.paused ?? false);
}
