/** Rows of the mirror: found by their record, by the keys that records are matched by, and by the company they stand in. */
import type { RecordRow } from './memory';

export class Table<Row extends RecordRow> {
  private readonly rows = new Map<string, Row>();
  private readonly holders = new Map<string, Set<string>>();
  private readonly people = new Map<string, Set<string>>();

  get(key: string): Row | undefined {
    return this.rows.get(key);
  }

  values(): Iterable<Row> {
    return this.rows.values();
  }

  put(key: string, row: Row): void {
    const before = this.rows.get(key);
    this.rows.set(key, row);
    if (before?.keys !== row.keys) {
      for (const { key: of } of before?.keys ?? []) this.holders.get(`${row.record.kind} ${of}`)?.delete(key);
      for (const { key: of } of row.keys) addTo(this.holders, `${row.record.kind} ${of}`, key);
    }
    if (before?.record.fields.company !== row.record.fields.company) {
      const left = before === undefined ? null : companyOf(before);
      if (left !== null) this.people.get(`${row.record.side} ${left}`)?.delete(key);
      const joined = companyOf(row);
      if (joined !== null) addTo(this.people, `${row.record.side} ${joined}`, key);
    }
  }

  /** The records of that kind with one key. */
  withKey(kind: string, key: string): Row[] {
    return this.among(this.holders.get(`${kind} ${key}`));
  }

  /** The customers who stand in a company of that side. */
  peopleIn(side: string, company: string): Row[] {
    return this.among(this.people.get(`${side} ${company}`));
  }

  private among(keys: ReadonlySet<string> | undefined): Row[] {
    return [...(keys ?? [])].flatMap((key) => this.rows.get(key) ?? []);
  }
}

export function companyOf({ record: { fields } }: RecordRow): string | null {
  return typeof fields.company === 'string' && fields.company !== '' ? fields.company : null;
}

export function addTo<Value>(index: Map<string, Set<Value>>, key: string, value: Value): void {
  const known = index.get(key);
  if (known === undefined) index.set(key, new Set([value]));
  else known.add(value);
}
