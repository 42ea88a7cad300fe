/** What records share a signal or an answer, as found: a graph, and the matcher's groups in it (R14). */
import { canonicalEmail, canonicalEmails } from '../domain/canonical';
import type { Answer, MatchGroup, MatchRecord } from '../domain/match';
import type { RecordView } from '../domain/plan';
import { sides, type FieldValue } from '../domain/record';
import { domainKey, isDomainKey, signalsOf } from './match-keys';
import { keyOf, type Ref } from './record-rows';

export const noGroup: MatchGroup = { teamwork: [], desk: [], answers: [] };

/** A group beyond this is a question anyway: what was found until then is kept. */
export const largestGroup = 200;

export interface Node extends Ref {
  readonly record: RecordView;
  readonly heldBy: number | null;
  readonly tombstone: MatchRecord['tombstone'];
  readonly asked: MatchRecord['asked'];
  readonly signals: readonly string[];
  /** Held by a link or out of scope: it may be named, but connects nothing. */
  readonly isLeaf: boolean;
}

/** The records found, and who carries which key. A domain that several companies of one side carry is in neither. */
export interface Graph {
  readonly nodes: Map<string, Node>;
  readonly carriers: Map<string, readonly string[]>;
  readonly tellsNothing: Set<string>;
  /** By record, those whom an answer connects with it, whatever their keys are (R14, R15). */
  readonly answered: Map<string, Set<string>>;
}

export interface Carrier extends Ref {
  readonly key: string;
}

export function emptyGraph(): Graph {
  return { nodes: new Map(), carriers: new Map(), tellsNothing: new Set(), answered: new Map() };
}

/** Answers the records of the pairs that were not known before. */
export function addAnswered({ nodes, answered }: Graph, pairs: readonly Answer[]): Ref[] {
  return pairs.flatMap((pair) => {
    const refs = sides.map((side): Ref => ({ side, id: pair[side] }));
    const keys = refs.map(keyOf);
    for (const key of keys) answered.set(key, new Set([...(answered.get(key) ?? []), ...keys]));
    return refs.filter((ref) => !nodes.has(keyOf(ref)));
  });
}

/** Answers the records that were not known before. */
export function addCarriers(graph: Graph, keys: ReadonlySet<string>, found: readonly Carrier[]): Ref[] {
  const byKey = new Map([...keys].map((key): [string, Carrier[]] => [key, []]));
  for (const carrier of found) byKey.get(carrier.key)?.push(carrier);
  const fresh = new Map<string, Ref>();
  for (const [key, carriers] of byKey) {
    const perSide = sides.map((side) => carriers.filter((carrier) => carrier.side === side).length);
    const tells = !isDomainKey(key) || Math.max(...perSide) <= 1;
    if (!tells) graph.tellsNothing.add(key);
    graph.carriers.set(key, tells ? carriers.map(keyOf) : []);
    for (const { side, id } of tells ? carriers : []) {
      if (!graph.nodes.has(keyOf({ side, id }))) fresh.set(keyOf({ side, id }), { side, id });
    }
  }
  return [...fresh.values()];
}

/** The group of each seed, keyed by `keyOf`. `companyLinks`: the active link of each company, by `keyOf`. */
export function groupsIn(
  graph: Graph,
  seeds: readonly RecordView[],
  companyLinks: ReadonlyMap<string, number>,
  answers: readonly Answer[],
): Map<string, MatchGroup> {
  const groups = new Map<string, MatchGroup>();
  for (const seed of seeds) {
    const key = keyOf(seed);
    if (groups.has(key)) continue;
    const members = membersFrom(graph, key);
    const group = groupOf(graph, members, { companyLinks, answers });
    // All that may connect are of the same group, unless it was cut off.
    for (const member of members.length < largestGroup ? members : [key]) {
      if (graph.nodes.get(member)?.isLeaf === false) groups.set(member, group);
    }
    groups.set(key, group);
  }
  return groups;
}

function membersFrom(graph: Graph, seed: string): string[] {
  const members = new Set([seed]);
  for (const member of members) {
    const node = graph.nodes.get(member);
    if (node === undefined || (node.isLeaf && member !== seed)) continue;
    const alike = node.signals.flatMap((key) => graph.carriers.get(key) ?? []);
    for (const carrier of [...alike, ...(graph.answered.get(member) ?? [])]) {
      if (members.size < largestGroup) members.add(carrier);
    }
  }
  return [...members];
}

function groupOf(
  graph: Graph,
  members: readonly string[],
  known: { readonly companyLinks: ReadonlyMap<string, number>; readonly answers: readonly Answer[] },
): MatchGroup {
  const records = members.flatMap((member): MatchRecord[] => {
    const node = graph.nodes.get(member);
    return node === undefined ? [] : [toMatchRecord(graph, node, known.companyLinks)];
  });
  return {
    teamwork: records.filter(({ side }) => side === 'teamwork'),
    desk: records.filter(({ side }) => side === 'desk'),
    answers: known.answers.filter(
      ({ teamwork, desk }) =>
        members.includes(keyOf({ side: 'teamwork', id: teamwork })) &&
        members.includes(keyOf({ side: 'desk', id: desk })),
    ),
  };
}

function toMatchRecord(
  { tellsNothing }: Graph,
  { side, id, record, heldBy, tombstone, asked }: Node,
  companyLinks: ReadonlyMap<string, number>,
): MatchRecord {
  const { name, email, alternativeEmails, company } = isThere(record) ? record.fields : {};
  const companyId = textOf(company) === '' ? null : textOf(company);
  return {
    side,
    id,
    name: textOf(name),
    domains: isThere(record) ? record.domains.filter((domain) => !tellsNothing.has(domainKey(domain))) : [],
    email: canonicalEmail(textOf(email)),
    alternativeEmails: alternativeEmails === undefined ? [] : canonicalEmails([alternativeEmails].flat()),
    companyId,
    companyLink: companyId === null ? null : (companyLinks.get(keyOf({ side, id: companyId })) ?? null),
    heldBy,
    tombstone,
    asked,
    outOfScope: record.scope !== 'client',
  };
}

function textOf(value: FieldValue | undefined): string {
  return typeof value === 'string' ? value : '';
}

/** Who is gone has no name and no email any more that others could be known by. */
export function signalsIfThere(record: RecordView): string[] {
  return isThere(record) ? signalsOf(record) : [];
}

export function isThere({ presence, deleted }: RecordView): boolean {
  return presence !== 'gone' && !deleted;
}
