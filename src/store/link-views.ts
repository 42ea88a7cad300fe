/** Everything that the decision for each of some links depends on, in a handful of queries however many they are. */
import { sql } from 'kysely';
import type { Link } from '../domain/link';
import type { LinkView, OpenIntent, ParentView, Policy, RecordView } from '../domain/plan';
import { otherSide, sides, type Kind, type Side } from '../domain/record';
import { answersAbout } from './answers';
import { emailHolders, emailsOfOthers, staffHasEmail } from './email-holders';
import { holdsOf } from './hold-members';
import { openIntentColumns } from './intents';
import { groupsIn, noGroup } from './match-graph';
import { explore } from './match-groups';
import { activeNumbers, parentsOf } from './parents';
import { keyOf, recordsOf, type Ref } from './record-rows';
import { ignoredWrites } from './retries';
import { survivorsOf } from './survivors';
import type { Tx } from './transaction';

/**
 * Views of links of one kind, in their order. Hypothetical links (number 0) have no row yet. `planRun` is the run in mode
 * `plan` whose decisions are taken as done.
 */
export async function viewsOf(
  tx: Tx,
  site: string,
  kind: Kind,
  links: readonly Link[],
  planRun: string | null,
): Promise<LinkView[]> {
  if (links.length === 0) return [];
  const own = await recordsOf(tx, site, kind, links.flatMap(refsOf));
  const seeds = links.flatMap((link) => (link.phase === 'lone' ? seedOf(link, own) : []));
  const graph = await explore(tx, site, kind, seeds);
  const others = new Map(
    [...graph.nodes].flatMap(([key, { record, isLeaf }]): [string, RecordView][] =>
      isLeaf ? [] : [[key, record]],
    ),
  );
  const records = new Map([...own, ...others]);
  const met = [...graph.nodes.values()].map(({ record }) => record);
  const companies = [...[...own.values(), ...met].flatMap(companyOf), ...links.flatMap(formerCompanies)];
  const parents = await parentsOf(tx, site, companies, planRun);
  const answers = await answersAbout(tx, site, kind, [...graph.nodes.values()]);
  const groups = groupsIn(graph, seeds, activeNumbers(parents), answers);
  const holders = await emailHolders(tx, site, kind === 'customer' ? [...records.values()] : []);
  const intents = await openIntents(tx, site, links);
  const failing = links.filter(({ reason }) => reason === 'remote_ignored').map(({ number }) => number);
  const ignored = await ignoredWrites(tx, site, failing);
  const holds = await holdsOf(tx, site, links);
  const policy = await policyOf(tx, site);
  const deskOf = ({ ids: { desk: id } }: Link) =>
    id === null ? null : (own.get(keyOf({ side: 'desk', id })) ?? null);
  const survivors = await survivorsOf(
    tx,
    site,
    links.map((link) => ({ link, desk: deskOf(link) })),
  );

  const parentOf = (record: RecordView | null): ParentView | null => {
    const [company] = record === null ? [] : companyOf(record);
    return company === undefined ? null : (parents.get(keyOf(company)) ?? null);
  };
  const formerOf = (link: Link, side: Side): ParentView | null => {
    const former = formerCompanies(link).find((company) => company.side === side);
    const record = former === undefined ? undefined : own.get(keyOf({ side, id: link.ids[side] ?? '' }));
    if (former === undefined || record === undefined || companyOf(record)[0]?.id === former.id) return null;
    return parents.get(keyOf(former)) ?? null;
  };
  return links.map((link): LinkView => {
    const recordOn = (side: Side) => {
      const id = link.ids[side];
      return id === null ? null : (own.get(keyOf({ side, id })) ?? null);
    };
    const [seed] = link.phase === 'lone' ? seedOf(link, own) : [];
    const group = seed === undefined ? noGroup : (groups.get(keyOf(seed)) ?? noGroup);
    const pair = {
      records: { teamwork: recordOn('teamwork'), desk: recordOn('desk') },
      counterparts: (seed === undefined ? [] : group[otherSide(seed.side)]).flatMap((member) => {
        const record = others.get(keyOf(member));
        return record === undefined ? [] : [{ ...record, parent: parentOf(record) }];
      }),
    };
    return {
      link,
      ...pair,
      parents: { teamwork: parentOf(pair.records.teamwork), desk: parentOf(pair.records.desk) },
      former: { teamwork: formerOf(link, 'teamwork'), desk: formerOf(link, 'desk') },
      survivor: survivors.get(link.number) ?? null,
      group,
      staffHasEmail: staffHasEmail(holders, pair),
      emailsOfOthers: emailsOfOthers(holders, pair),
      intent: intents.get(link.number) ?? null,
      ignored: ignored.get(link.number) ?? null,
      hold: holds.get(link.number) ?? null,
      policy,
    };
  });
}

function refsOf(link: Link): Ref[] {
  return sides.flatMap((side) => {
    const id = link.ids[side];
    return id === null ? [] : [{ side, id }];
  });
}

/** The record that a lone link may find a counterpart for; none where it never syncs. */
function seedOf(link: Link, records: ReadonlyMap<string, RecordView>): RecordView[] {
  return refsOf(link).flatMap((ref) => {
    const record = records.get(keyOf(ref));
    return record?.scope === 'client' ? [record] : [];
  });
}

function companyOf({ side, fields: { company } }: RecordView): Ref[] {
  return typeof company === 'string' && company !== '' ? [{ side, id: company }] : [];
}

/** The companies that a pair's bases name, whether its records are still in them or not. */
function formerCompanies({ phase, bases }: Link): Ref[] {
  return phase !== 'active'
    ? []
    : sides.flatMap((side) => {
        const { company } = bases[side];
        return typeof company === 'string' && company !== '' ? [{ side, id: company }] : [];
      });
}

async function openIntents(tx: Tx, site: string, links: readonly Link[]): Promise<Map<number, OpenIntent>> {
  const { rows } = await sql<OpenIntent & { readonly link: number }>`
    select i.link, ${openIntentColumns} from intents i
    where i.site = ${site} and i.link = any(${links.map(({ number }) => number)}::bigint[])
      and i.state in ('sent', 'unknown')`.execute(tx);
  return new Map(rows.map(({ link, ...intent }) => [link, intent]));
}

async function policyOf(tx: Tx, site: string): Promise<Policy> {
  const { rows } = await sql<Policy>`
    select settings ->> 'conflictPolicy' as conflict, adopt_only as "adoptOnly",
      (settings ->> 'automaticallyCreateContacts')::boolean as "automaticallyCreateContacts",
      settings ->> 'automaticSince' as "automaticSince"
    from sites where site = ${site}`.execute(tx);
  const [policy] = rows;
  if (policy === undefined) throw new Error(`There is no site ${site}; connect it first.`);
  return policy;
}
