/** Which records lone records are connected with by a signal (R14): what `src/store/match-groups.ts` asks Postgres for. */
import type { Answer } from '../../../src/domain/match';
import type { RecordView } from '../../../src/domain/plan';
import { sides, type Kind } from '../../../src/domain/record';
import {
  addAnswered,
  emptyGraph,
  type Graph,
  isThere,
  largestGroup,
  signalsIfThere,
} from '../../../src/store/match-graph';
import { isDomainKey } from '../../../src/store/match-keys';
import { keyOf } from '../../../src/store/record-rows';
import { tombstoneOf } from './deletions';
import { linkHolding } from './link-rows';
import type { SiteRows } from './memory';
import { recordRow } from './mirror';

const mostRounds = 8;

export function explore(rows: SiteRows, kind: Kind, seeds: readonly RecordView[]): Graph {
  const graph = emptyGraph();
  const add = (record: RecordView, heldBy: number | null) => {
    const isLeaf = heldBy !== null || record.scope !== 'client';
    const { side, id } = record;
    const tombstone = heldBy === null ? tombstoneOf(rows, kind, record) : null;
    graph.nodes.set(keyOf(record), {
      side,
      id,
      record,
      heldBy,
      tombstone,
      asked: linkHolding(rows, kind, record)?.asked ?? null,
      signals: signalsIfThere(record),
      isLeaf,
    });
    return { record, isLeaf };
  };
  let frontier = seeds.map((seed) => add(seed, null).record);
  for (let round = 0; round < mostRounds && frontier.length > 0; round++) {
    const found = new Map<string, RecordView>();
    for (const key of new Set(frontier.flatMap(signalsIfThere))) {
      if (graph.carriers.has(key)) continue;
      const carriers = carriersOf(rows, kind, key);
      const perSide = sides.map((side) => carriers.filter((carrier) => carrier.side === side).length);
      const tells = !isDomainKey(key) || Math.max(...perSide) <= 1;
      if (!tells) graph.tellsNothing.add(key);
      graph.carriers.set(key, tells ? carriers.map(keyOf) : []);
      for (const carrier of tells ? carriers : []) {
        if (!graph.nodes.has(keyOf(carrier))) found.set(keyOf(carrier), carrier);
      }
    }
    for (const ref of addAnswered(graph, pairsOf(rows, kind, frontier))) {
      const record = recordRow(rows, kind, ref)?.record;
      if (record === undefined) continue;
      const isLone = linkHolding(rows, kind, ref)?.phase === 'lone';
      if (isThere(record) || isLone) found.set(keyOf(ref), record);
    }
    frontier = [...found.values()]
      .map((record) => {
        const holder = linkHolding(rows, kind, record);
        return add(record, holder?.phase === 'active' ? holder.number : null);
      })
      .flatMap(({ record, isLeaf }) => (isLeaf ? [] : [record]));
  }
  return graph;
}

/** The pairs with one of the records that are one, or may be, whatever they are called by now. */
function pairsOf(rows: SiteRows, kind: Kind, records: readonly RecordView[]): readonly Answer[] {
  return rows.answers[kind].filter(
    (pair) => pair.verdict !== 'apart' && records.some(({ side, id }) => pair[side] === id),
  );
}

/** Three carriers of a domain are enough to see that two are of one side. */
function carriersOf(rows: SiteRows, kind: Kind, key: string): RecordView[] {
  const holders = rows.records.withKey(kind, key).map(({ record }) => record);
  const there = holders.filter(isThere);
  return there.slice(0, isDomainKey(key) ? 3 : largestGroup);
}
