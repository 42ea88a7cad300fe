/** One table of the simulated site: rows never change in place, look-ups are indexed, every write is told to the journal. */
import type { Key } from './key-index';
import { KeyIndex } from './key-index';
import { KeptOrder } from './kept-order';

export interface Row {
  readonly id: number;
}

export type ChangeKind = 'created' | 'updated' | 'deleted' | 'restored' | 'removed';

/** What made a change: a call, a rule of the vendor that followed from it, or a control of the sandbox. */
export type Cause =
  | 'api'
  | 'company deleted'
  | 'domain matched'
  | 'create in projects'
  | 'built-in sync'
  | 'ticket'
  | 'merge'
  | 'hook unanswered'
  | 'control';

/** Who makes a change. `token` is null where no token stands behind it (a ticket, a control). */
export interface Author {
  readonly token: string | null;
  readonly cause: Cause;
}

export interface TableChange<R extends Row = Row> {
  readonly what: ChangeKind;
  readonly before: R | null;
  readonly after: R | null;
  readonly author: Author;
}

/** Listings kept per table; each may be as long as the table. */
const MOST_KEPT = 12;

type Listener = (table: string, id: number, change: TableChange) => void;

export class Table<R extends Row, I extends string = never> {
  private readonly rows = new Map<number, R>();
  private readonly indexes = new Map<I, KeyIndex<R>>();
  private readonly orders = new Map<string, KeptOrder<R>>();
  private readonly kept = new Map<string, readonly R[]>();
  private lastId: number;

  constructor(
    readonly name: string,
    private readonly firstId: number,
    indexes: Record<I, (row: R) => readonly Key[]>,
    private readonly listener: Listener,
  ) {
    this.lastId = firstId - 1;
    for (const name of Object.keys(indexes) as I[]) {
      this.indexes.set(name, new KeyIndex(indexes[name]));
    }
  }

  get size(): number {
    return this.rows.size;
  }

  get(id: number): R | undefined {
    return this.rows.get(id);
  }

  /** All rows in the order in which they were first inserted, deleted ones included. */
  all(): IterableIterator<R> {
    return this.rows.values();
  }

  /** Rows under one key of an index, in the order of their ids. */
  by(index: I, key: Key): R[] {
    const found: R[] = [];
    for (const id of this.indexes.get(index)?.ids(key) ?? []) {
      const row = this.rows.get(id);
      if (row) found.push(row);
    }
    return found;
  }

  /** How many rows stand under one key, without collecting them. */
  countBy(index: I, key: Key): number {
    return this.indexes.get(index)?.count(key) ?? 0;
  }

  /** All rows in an order of the caller's, which is kept up to date; `compare` reads nothing but the rows. */
  inOrder(name: string, compare: (a: R, b: R) => number): readonly R[] {
    let order = this.orders.get(name);
    if (!order) {
      order = new KeptOrder(this.rows, compare);
      if (this.orders.size >= MOST_KEPT) this.orders.clear();
      this.orders.set(name, order);
    }
    return order.now();
  }

  /** A listing of the caller's under a name of its own, kept until the next write of this table. */
  keptRows(name: string, list: () => readonly R[]): readonly R[] {
    let rows = this.kept.get(name);
    if (!rows) {
      rows = list();
      if (this.kept.size >= MOST_KEPT) this.kept.clear();
      this.kept.set(name, rows);
    }
    return rows;
  }

  nextId(): number {
    return this.lastId + 1;
  }

  insert(row: Omit<R, 'id'>, author: Author): R {
    const created = { ...row, id: this.nextId() } as R;
    this.put(created);
    this.listener(this.name, created.id, { what: 'created', before: null, after: created, author });
    return created;
  }

  update(id: number, patch: Partial<Omit<R, 'id'>>, author: Author, what: ChangeKind = 'updated'): R {
    const before = this.rows.get(id);
    if (!before) throw new Error(`sandbox: no row ${id} in ${this.name}`);
    const after = { ...before, ...patch };
    this.put(after);
    this.listener(this.name, id, { what, before, after, author });
    return after;
  }

  /** Takes the row away for good; the vendors' soft deletes are updates. */
  remove(id: number, author: Author): void {
    const before = this.rows.get(id);
    if (!before) return;
    this.take(id);
    this.listener(this.name, id, { what: 'removed', before, after: null, author });
  }

  /** Sets a row without telling anybody: seeds and restarts. */
  put(row: R): void {
    const before = this.rows.get(row.id);
    if (before) this.unindex(before);
    this.rows.set(row.id, row);
    if (row.id > this.lastId) this.lastId = row.id;
    for (const index of this.indexes.values()) index.add(row);
    this.noteWrite(row.id, before);
  }

  /** Drops a row without telling anybody: restarts. */
  take(id: number): void {
    const before = this.rows.get(id);
    if (!before) return;
    this.unindex(before);
    this.rows.delete(id);
    this.noteWrite(id, before);
  }

  clear(): void {
    this.rows.clear();
    this.orders.clear();
    this.kept.clear();
    this.lastId = this.firstId - 1;
    for (const index of this.indexes.values()) index.clear();
  }

  private noteWrite(id: number, before: R | undefined): void {
    this.kept.clear();
    for (const order of this.orders.values()) order.noteWrite(id, before);
  }

  private unindex(row: R): void {
    for (const index of this.indexes.values()) index.remove(row);
  }
}
