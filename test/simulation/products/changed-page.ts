/** A page of what changed since a time, in the order of ids. */
import type { ChangesPage } from '../../../src/ports/apis';
import type { Row } from './rows';

interface Asked {
  readonly since: string;
  /** The id of the last one shown. */
  readonly cursor: string | null;
  readonly pageSize: number;
}

export function changedPage(
  rows: readonly Row[],
  { since, cursor, pageSize }: Asked,
): Omit<ChangesPage, 'observations'> & { readonly page: readonly Row[] } {
  const changed = rows.filter(({ updatedAt }) => Date.parse(updatedAt) >= Date.parse(since));
  const rest = changed
    .filter(({ id }) => Number(id) > Number(cursor ?? 0))
    .sort((one, other) => Number(one.id) - Number(other.id));
  const page = rest.slice(0, pageSize);
  const next = rest.length > pageSize ? (page.at(-1)?.id ?? null) : null;
  return { page, next, total: changed.length, unreadable: [], answeredAt: null };
}
