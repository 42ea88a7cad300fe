/** What the rows of every Desk table share: alive or deleted, stamped, referred to. */
import type { DeskState } from '../desk-records';

/** The part of a row that lists and answers need of any resource. */
export interface SoftRow {
  readonly id: number;
  readonly state: DeskState;
  readonly createdAt: string;
  readonly createdBy: number | null;
  readonly updatedAt: string;
  readonly updatedBy: number | null;
  readonly deletedAt: string | null;
  readonly deletedBy: number | null;
}

export function isActive(row: { readonly state: DeskState }): boolean {
  return row.state === 'active';
}

export interface Reference {
  readonly id: number;
  readonly type: string;
}

export function reference(type: string, id: number | null): Reference | null {
  return id === null ? null : { id, type };
}

export function references(type: string, rows: readonly { readonly id: number }[]): Reference[] {
  return rows.map(({ id }) => ({ id, type }));
}

/** The keys at the end of every record; the deleted ones only when it is deleted. */
export function stampsOf(row: SoftRow) {
  return {
    state: row.state,
    createdAt: row.createdAt,
    createdBy: reference('users', row.createdBy),
    updatedAt: row.updatedAt,
    updatedBy: reference('users', row.updatedBy),
    ...(row.deletedAt === null
      ? {}
      : { deletedAt: row.deletedAt, deletedBy: reference('users', row.deletedBy) }),
  };
}

/** What a soft delete changes; updatedAt does not move. */
export function deletion(now: string, deletedBy: number | null) {
  return { state: 'deleted' as const, deletedAt: now, deletedBy };
}
