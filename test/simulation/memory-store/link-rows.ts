/** Rows of links, how the link of a record is found, and the journal of what befell them. */
import type { Link } from '../../../src/domain/link';
import { sides, type Kind, type Side } from '../../../src/domain/record';
import type { Entry } from '../../../src/store/journal';
import { keyOf, type Ref } from '../../../src/store/record-rows';
import { addTo } from './table';
import { rowKey, type IntentRow, type LinkRow, type Memory, type SiteRows } from './memory';

type Changes = Partial<Omit<Link, 'number' | 'kind' | 'version'>>;

/** A row of its own, or null where a living link has one of the records already. */
export function insertLink(
  memory: Memory,
  rows: SiteRows,
  link: Omit<Link, 'number' | 'version'>,
  of: Pick<LinkRow, 'run' | 'action'> = { run: null, action: null },
): Link | null {
  if (isLiving(link) && keysOf(link).some((key) => rows.holding.has(key))) return null;
  const inserted: Link = { ...link, number: memory.nextNumber(), version: 1 };
  put(rows, { link: inserted, ...of });
  return inserted;
}

/** Changes a row and moves its version. */
export function changeLink(
  rows: SiteRows,
  number: number,
  changes: Changes,
  of: Partial<Pick<LinkRow, 'run' | 'action'>> = {},
): Link {
  const row = rows.links.get(number);
  if (row === undefined) throw new Error(`There is no link ${number}.`);
  const link: Link = { ...row.link, ...changes, version: row.link.version + 1 };
  put(rows, { ...row, ...of, link });
  return link;
}

/** As `src/store/merged-rows.ts`: the row lives on in that link, and its pause with it (R30). */
export function mergeInto(
  memory: Memory,
  rows: SiteRows,
  into: number,
  row: Pick<Entry, 'link' | 'side' | 'run'>,
): void {
  const { paused } = changeLink(rows, row.link, { phase: 'merged', mergedInto: into });
  if (paused && rows.links.get(into)?.link.paused === false) changeLink(rows, into, { paused });
  journal(memory, rows, [{ ...row, event: 'merged', detail: { into } }]);
}

function put(rows: SiteRows, row: LinkRow): void {
  const before = rows.links.get(row.link.number);
  for (const key of before === undefined ? [] : keysOf(before.link)) {
    if (rows.holding.get(key) === row.link.number) rows.holding.delete(key);
    rows.tombstones.get(key)?.delete(row.link.number);
  }
  rows.links.set(row.link.number, row);
  if (row.link.phase === 'broken') {
    for (const key of keysOf(row.link)) addTo(rows.tombstones, key, row.link.number);
  }
  if (!isLiving(row.link)) return;
  for (const key of keysOf(row.link)) {
    const holder = rows.holding.get(key);
    if (holder !== undefined && holder !== row.link.number) {
      throw new Error(`links_one_per_record: ${key} is held by link ${holder}.`);
    }
    rows.holding.set(key, row.link.number);
  }
}

function isLiving({ phase }: Pick<Link, 'phase'>): boolean {
  return phase === 'lone' || phase === 'active';
}

function keysOf({ kind, ids }: Pick<Link, 'kind' | 'ids'>): string[] {
  const keys: string[] = [];
  for (const side of sides) {
    const id = ids[side];
    if (id !== null) keys.push(rowKey(kind, side, id));
  }
  return keys;
}

export function refsOf(ids: Readonly<Record<Side, string | null>>): Ref[] {
  const refs: Ref[] = [];
  for (const side of sides) {
    const id = ids[side];
    if (id !== null) refs.push({ side, id });
  }
  return refs;
}

/** The link that has the record and is neither broken nor merged. */
export function linkHolding(rows: SiteRows, kind: Kind, { side, id }: Ref): Link | null {
  const number = rows.holding.get(rowKey(kind, side, id));
  return number === undefined ? null : (rows.links.get(number)?.link ?? null);
}

/** As `linksOf` of the store: the living link of each record, else its latest tombstone, by `keyOf`. */
export function linksOf(rows: SiteRows, kind: Kind, refs: readonly Ref[]): Map<string, Link> {
  const found = new Map<string, Link>();
  for (const link of brokenOf(rows, kind, refs))
    for (const ref of refsOf(link.ids)) found.set(keyOf(ref), link);
  const living = new Set(refs.flatMap((ref) => linkHolding(rows, kind, ref) ?? []));
  for (const link of [...living].sort((one, other) => one.number - other.number)) {
    for (const ref of refsOf(link.ids)) found.set(keyOf(ref), link);
  }
  return found;
}

/** The broken links of some records, the latest last. */
export function brokenOf(rows: SiteRows, kind: Kind, refs: readonly Ref[]): Link[] {
  const numbers = new Set(
    refs.flatMap(({ side, id }) => [...(rows.tombstones.get(rowKey(kind, side, id)) ?? [])]),
  );
  return [...numbers]
    .sort((one, other) => one - other)
    .flatMap((number) => rows.links.get(number)?.link ?? []);
}

/** Follows `mergedInto`. */
export function linkByNumber(rows: SiteRows, number: number): Link | null {
  let link = rows.links.get(number)?.link;
  while (link !== undefined && link.mergedInto !== null) link = rows.links.get(link.mergedInto)?.link;
  return link ?? null;
}

export function openIntentOf(rows: SiteRows, link: number): IntentRow | null {
  return rows.intents.get(rows.openIntents.get(link) ?? '') ?? null;
}

export function putIntent(rows: SiteRows, intent: IntentRow): void {
  rows.intents.set(intent.id, intent);
  if (isOpen(intent)) rows.openIntents.set(intent.link, intent.id);
  else if (rows.openIntents.get(intent.link) === intent.id) rows.openIntents.delete(intent.link);
}

export function isOpen({ state }: IntentRow): boolean {
  return state === 'sent' || state === 'unknown';
}

export function journal(memory: Memory, rows: SiteRows, entries: readonly Entry[]): void {
  for (const { link, event, side = null, run = null, detail = {} } of entries) {
    rows.journal.push({ at: memory.now(), link, event, side, run, workflow: null, detail });
  }
}
