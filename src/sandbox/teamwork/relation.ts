/** A relation of v3: the id of another record and the name of its kind. */

export interface Relation {
  readonly id: number;
  readonly type: string;
}

export function relation(id: number | null, type: string): Relation | null {
  return id === null ? null : { id, type };
}
