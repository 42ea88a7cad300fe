/** Which records a lone record is connected with by a signal (R14): the matcher's input, found for many at once. */
import { sql } from 'kysely';
import { canonicalEmail, canonicalEmails } from '../domain/canonical';
import type { MatchGroup, MatchRecord } from '../domain/match';
import type { RecordView } from '../domain/plan';
import { sides, type FieldValue, type Kind, type Scope, type Side } from '../domain/record';
import { holdersOfKey, linkHolding, recordAt } from './lookups';
import { domainKey, isDomainKey, signalsOf } from './match-keys';
import { keyOf, type Ref } from './record-rows';
import type { Tx } from './transaction';

export const noGroup: MatchGroup = { teamwork: [], desk: [] };

/** A group beyond this is a question anyway: what was found until then is kept. */
const largestGroup = 200;
const mostRounds = 8;

interface Node extends Ref {
  readonly record: MatchRecord;
  readonly signals: readonly string[];
  /** Held by a link or out of scope: it may be named, but connects nothing. */
  readonly isLeaf: boolean;
}

/** The records found, and who carries which key. A domain that several companies of one side carry is in neither. */
interface Graph {
  readonly nodes: Map<string, Node>;
  readonly carriers: Map<string, readonly string[]>;
  readonly tellsNothing: Set<string>;
}

/** The group of each seed, keyed by `keyOf`. `linkOfCompany` tells the active link of the company that a customer stands in. */
export async function matchGroups(
  tx: Tx,
  site: string,
  kind: Kind,
  seeds: readonly RecordView[],
  linkOfCompany: (companies: readonly Ref[]) => Promise<ReadonlyMap<string, number>>,
): Promise<Map<string, MatchGroup>> {
  const graph = await explore(tx, site, kind, seeds);
  const companies = [...graph.nodes.values()].flatMap(companyOf);
  const companyLinks = companies.length === 0 ? new Map<string, number>() : await linkOfCompany(companies);
  const groups = new Map<string, MatchGroup>();
  for (const seed of seeds) {
    const key = keyOf(seed);
    if (groups.has(key)) continue;
    const members = membersFrom(graph, key);
    const group = groupOf(graph, members, companyLinks);
    // All that may connect are of the same group, unless it was cut off.
    for (const member of members.length < largestGroup ? members : [key]) {
      if (graph.nodes.get(member)?.isLeaf === false) groups.set(member, group);
    }
    groups.set(key, group);
  }
  return groups;
}

async function explore(tx: Tx, site: string, kind: Kind, seeds: readonly RecordView[]): Promise<Graph> {
  const graph: Graph = { nodes: new Map(), carriers: new Map(), tellsNothing: new Set() };
  for (const seed of seeds) {
    const node = {
      side: seed.side,
      id: seed.id,
      record: toMatchRecord(seed),
      signals: signalsOf(kind, seed),
      isLeaf: false,
    };
    graph.nodes.set(keyOf(seed), node);
  }
  let frontier = [...graph.nodes.values()];
  for (let round = 0; round < mostRounds && frontier.length > 0; round++) {
    const keys = new Set(frontier.flatMap((node) => node.signals).filter((key) => !graph.carriers.has(key)));
    frontier =
      keys.size === 0 ? [] : addCarriers(graph, kind, keys, await carriersOf(tx, site, kind, [...keys]));
  }
  return graph;
}

interface Carrier {
  readonly key: string;
  readonly side: Side;
  readonly id: string;
  readonly scope: Scope;
  readonly fields: {
    readonly name?: FieldValue;
    readonly email?: FieldValue;
    readonly alternativeEmails?: FieldValue;
  };
  readonly domains: readonly string[];
  readonly companyId: string | null;
  readonly heldBy: number | null;
}

async function carriersOf(
  tx: Tx,
  site: string,
  kind: Kind,
  keys: readonly string[],
): Promise<readonly Carrier[]> {
  const ofKind = sql`${kind}`;
  // Three carriers of a domain are enough to see that two are of one side.
  const { rows } = await sql<Carrier>`
    select k.key, c.side, c.id, c.scope, c.domains, c.company_id as "companyId", coalesce(t.number, d.number) as "heldBy",
      jsonb_strip_nulls(jsonb_build_object('name', c.fields -> 'name', 'email', c.fields -> 'email',
        'alternativeEmails', c.fields -> 'alternativeEmails')) as fields
    from unnest(${keys}::text[]) as k(key)
    cross join lateral (
      select distinct r.side, r.id, r.scope, r.fields, r.company_id, coalesce(r.domains, '{}') as domains
      from ${holdersOfKey(site, { kind: ofKind, key: sql`k.key` })} h
      cross join ${recordAt(site, { kind: ofKind, side: sql`h.side`, id: sql`h.id` })} r
      where r.presence <> 'gone' and not r.deleted
      limit case when k.key like 'd:%' then 3 else ${largestGroup}::integer end
    ) c
    left join ${linkHolding(site, ofKind, 'teamwork', sql`c.id`)} t on c.side = 'teamwork' and t.phase = 'active'
    left join ${linkHolding(site, ofKind, 'desk', sql`c.id`)} d on c.side = 'desk' and d.phase = 'active'`.execute(
    tx,
  );
  return rows;
}

/** Answers the records that were not known before and may connect to others. */
function addCarriers(graph: Graph, kind: Kind, keys: ReadonlySet<string>, found: readonly Carrier[]): Node[] {
  const byKey = new Map([...keys].map((key): [string, Carrier[]] => [key, []]));
  for (const carrier of found) byKey.get(carrier.key)?.push(carrier);
  const fresh: Node[] = [];
  for (const [key, carriers] of byKey) {
    const perSide = sides.map((side) => carriers.filter((carrier) => carrier.side === side).length);
    if (isDomainKey(key) && Math.max(...perSide) > 1) {
      graph.tellsNothing.add(key);
      graph.carriers.set(key, []);
      continue;
    }
    graph.carriers.set(key, carriers.map(keyOf));
    for (const carrier of carriers) {
      if (graph.nodes.has(keyOf(carrier))) continue;
      const record = toMatchRecord(carrier);
      const isLeaf = record.heldBy !== null || record.outOfScope;
      const node: Node = {
        side: carrier.side,
        id: carrier.id,
        record,
        signals: signalsOf(kind, carrier),
        isLeaf,
      };
      graph.nodes.set(keyOf(carrier), node);
      if (!isLeaf) fresh.push(node);
    }
  }
  return fresh;
}

function toMatchRecord(record: RecordView | Carrier): MatchRecord {
  const { name, email, alternativeEmails } = record.fields;
  const company = 'companyId' in record ? record.companyId : textOf(record.fields.company);
  return {
    side: record.side,
    id: record.id,
    name: textOf(name) ?? '',
    domains: record.domains,
    email: canonicalEmail(textOf(email) ?? ''),
    alternativeEmails: alternativeEmails === undefined ? [] : canonicalEmails([alternativeEmails].flat()),
    companyId: company === '' ? null : company,
    companyLink: null,
    heldBy: 'heldBy' in record ? record.heldBy : null,
    outOfScope: record.scope !== 'client',
  };
}

function textOf(value: FieldValue | undefined): string | null {
  return typeof value === 'string' ? value : null;
}

function companyOf({ record }: Node): Ref[] {
  return record.companyId === null ? [] : [{ side: record.side, id: record.companyId }];
}

function membersFrom(graph: Graph, seed: string): string[] {
  const members = new Set([seed]);
  for (const member of members) {
    const node = graph.nodes.get(member);
    if (node === undefined || (node.isLeaf && member !== seed)) continue;
    for (const carrier of node.signals.flatMap((key) => graph.carriers.get(key) ?? [])) {
      if (members.size < largestGroup) members.add(carrier);
    }
  }
  return [...members];
}

function groupOf(
  graph: Graph,
  members: readonly string[],
  companyLinks: ReadonlyMap<string, number>,
): MatchGroup {
  const records = members.flatMap((member) => {
    const node = graph.nodes.get(member);
    if (node === undefined) return [];
    const { record } = node;
    const [company] = companyOf(node);
    return {
      ...record,
      domains: record.domains.filter((domain) => !graph.tellsNothing.has(domainKey(domain))),
      companyLink: company === undefined ? null : (companyLinks.get(keyOf(company)) ?? null),
    };
  });
  return {
    teamwork: records.filter(({ side }) => side === 'teamwork'),
    desk: records.filter(({ side }) => side === 'desk'),
  };
}
