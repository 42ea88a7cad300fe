/** Desk keeps a customer's emails as rows: which rows a write names, so that the customer ends up with these emails. */
import { canonicalEmail } from '../domain/canonical';
import type { Fields } from '../domain/record';
import type { EmailRow } from '../ports/apis';
import { jsonId } from './wire-values';

/** An entry of `included.contacts`: with an id it changes or removes that row, without one it adds a row. */
export interface EmailEntry {
  readonly id?: number | string;
  readonly type: 'email';
  readonly value: string;
  readonly isMain: boolean;
  readonly delete?: true;
}

/** `rows` are the customer's emails as read just before; none for a new customer. The main email comes first. */
export function emailEntries(
  values: Pick<Fields, 'email' | 'alternativeEmails'>,
  rows: readonly EmailRow[],
): EmailEntry[] {
  const main = rows.find(({ isMain }) => isMain);
  const email = typeof values.email === 'string' ? values.email : main?.value;
  const wanted = Array.isArray(values.alternativeEmails)
    ? (values.alternativeEmails as readonly string[])
    : null;
  const keepsMain = main !== undefined && (wanted ?? []).some((value) => sameEmail(value, main.value));
  const heir = email === undefined ? undefined : heirOf(email, main, rows, keepsMain);

  const entries: EmailEntry[] = [];
  if (email !== undefined && (heir?.value !== email || !heir.isMain)) entries.push(entry(heir, email, true));
  if (main !== undefined && heir !== main && email !== undefined) {
    entries.push(keepsMain ? entry(main, main.value, false) : removal(main));
  }
  if (wanted === null) return entries;
  const others = rows.filter((row) => row !== main && row !== heir);
  for (const row of others)
    if (!wanted.some((value) => sameEmail(value, row.value))) entries.push(removal(row));
  for (const value of wanted) {
    const known = [...others, ...(main === undefined ? [] : [main])].some((row) =>
      sameEmail(row.value, value),
    );
    if (!known && !(email !== undefined && sameEmail(value, email)))
      entries.push(entry(undefined, value, false));
  }
  return entries;
}

/** The row that is to hold the main email: the one that has it, else the main one, unless its own email is to stay. */
function heirOf(
  email: string,
  main: EmailRow | undefined,
  rows: readonly EmailRow[],
  keepsMain: boolean,
): EmailRow | undefined {
  return rows.find((row) => sameEmail(row.value, email)) ?? (keepsMain ? undefined : main);
}

function entry(row: EmailRow | undefined, value: string, isMain: boolean): EmailEntry {
  return { ...(row === undefined ? {} : { id: jsonId(row.id) }), type: 'email', value, isMain };
}

function removal(row: EmailRow): EmailEntry {
  return { ...entry(row, row.value, false), delete: true };
}

function sameEmail(one: string, other: string): boolean {
  return canonicalEmail(one) === canonicalEmail(other);
}
