/** Finds which records lone records are connected with by a signal or an answer (R14), for many at once. */
import { sql } from 'kysely';
import type { RecordView } from '../domain/plan';
import type { Kind, Side } from '../domain/record';
import { pairsOf } from './answers';
import { holdersOfKey, linkHolding, recordAt, refRows } from './lookups';
import {
  addAnswered,
  addCarriers,
  emptyGraph,
  isThere,
  largestGroup,
  signalsIfThere,
  type Carrier,
  type Graph,
  type Node,
} from './match-graph';
import { keyOf, recordsOf, type Ref } from './record-rows';
import { tombstonesOf } from './tombstoned';
import type { Tx } from './transaction';

const mostRounds = 8;

/** Finds what the seeds are connected with, over as many steps as it takes, a few queries a step. */
export async function explore(
  tx: Tx,
  site: string,
  kind: Kind,
  seeds: readonly RecordView[],
): Promise<Graph> {
  const graph = emptyGraph();
  let frontier = seeds.map((seed) => toNode(seed, null, null, null));
  for (const node of frontier) graph.nodes.set(keyOf(node), node);
  for (let round = 0; round < mostRounds; round++) {
    const keys = new Set(frontier.flatMap((node) => node.signals).filter((key) => !graph.carriers.has(key)));
    const answered = addAnswered(graph, await pairsOf(tx, site, kind, frontier));
    if (keys.size === 0 && answered.length === 0) break;
    const carriers = addCarriers(graph, keys, await carriersOf(tx, site, kind, [...keys]));
    const records = await recordsOf(tx, site, kind, [...carriers, ...answered]);
    const links = await linksHolding(tx, site, kind, [...records.values()]);
    const isLone = (record: RecordView) => links.get(keyOf(record))?.phase === 'lone';
    // Who is gone is met by an answer only: nobody else takes the place of the record that it is about (R15, R22).
    const found = [...records.values()].filter((record) => isThere(record) || isLone(record));
    const held = new Map([...links].filter(([, { phase }]) => phase === 'active'));
    const remained = await tombstonesOf(
      tx,
      site,
      kind,
      found.filter((ref) => !held.has(keyOf(ref))),
    );
    const nodes = found.map((record) =>
      toNode(
        record,
        held.get(keyOf(record))?.number ?? null,
        remained.get(keyOf(record)) ?? null,
        links.get(keyOf(record))?.asked ?? null,
      ),
    );
    for (const node of nodes) graph.nodes.set(keyOf(node), node);
    frontier = nodes.filter(({ isLeaf }) => !isLeaf);
  }
  return graph;
}

function toNode(
  record: RecordView,
  heldBy: number | null,
  tombstone: Node['tombstone'],
  asked: Node['asked'],
): Node {
  const isLeaf = heldBy !== null || record.scope !== 'client';
  const { side, id } = record;
  return { side, id, record, heldBy, tombstone, asked, signals: signalsIfThere(record), isLeaf };
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
    select k.key, c.side, c.id from unnest(${keys}::text[]) as k(key)
    cross join lateral (
      select distinct r.side, r.id
      from ${holdersOfKey(site, { kind: ofKind, key: sql`k.key` })} h
      cross join ${recordAt(site, { kind: ofKind, side: sql`h.side`, id: sql`h.id` })} r
      where r.presence <> 'gone' and not r.deleted
      limit case when k.key like 'd:%' then 3 else ${largestGroup}::integer end
    ) c`.execute(tx);
  return rows;
}

interface Holding {
  readonly number: number;
  readonly phase: 'lone' | 'active';
  readonly asked: Node['asked'];
}

/** By `keyOf`: the link that is neither broken nor merged. */
async function linksHolding(
  tx: Tx,
  site: string,
  kind: Kind,
  refs: readonly Ref[],
): Promise<Map<string, Holding>> {
  const holding = (side: Side) => sql`
    select x.side, x.id, l.number, l.phase, l.asked from ${refRows(refs)}
    cross join ${linkHolding(site, sql`${kind}`, side, sql`x.id`)} l where x.side = ${side}`;
  const { rows } = await sql<Ref & Holding>`
    ${holding('teamwork')} union all ${holding('desk')}`.execute(tx);
  return new Map(rows.map((row) => [keyOf(row), row]));
}
