/** Finds rows by a key of theirs. Most keys belong to one row, so a set is made only where there are several. */

export type Key = string | number;

export class KeyIndex<R extends { readonly id: number }> {
  private readonly places = new Map<Key, number | Set<number>>();

  constructor(private readonly keysOf: (row: R) => readonly Key[]) {}

  add(row: R): void {
    for (const key of this.keysOf(row)) {
      const place = this.places.get(key);
      if (place === undefined) this.places.set(key, row.id);
      else if (typeof place !== 'number') place.add(row.id);
      else if (place !== row.id) this.places.set(key, new Set([place, row.id]));
    }
  }

  remove(row: R): void {
    for (const key of this.keysOf(row)) {
      const place = this.places.get(key);
      if (place === row.id) this.places.delete(key);
      else if (typeof place === 'object' && place.delete(row.id) && place.size === 0) this.places.delete(key);
    }
  }

  /** Ids of the rows under a key, ascending. */
  ids(key: Key): readonly number[] {
    const place = this.places.get(key);
    if (place === undefined) return [];
    return typeof place === 'number' ? [place] : [...place].sort((a, b) => a - b);
  }

  count(key: Key): number {
    const place = this.places.get(key);
    if (place === undefined) return 0;
    return typeof place === 'number' ? 1 : place.size;
  }

  clear(): void {
    this.places.clear();
  }
}
