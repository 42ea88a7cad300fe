/** What a Desk answer includes beside its records: arrays by the name of the kind, absent and null where there is nothing. */
import { z } from 'zod';
import type { Answer } from './http';
import { recordId, text } from './wire-values';

const contact = z.object({
  id: recordId,
  type: z.string(),
  value: text,
  isMain: z.boolean().nullish(),
  state: text,
});
const domain = z.object({
  id: recordId,
  name: text,
  state: text,
  projects_company: z.object({ id: recordId }).nullish().catch(null),
});

export type DeskContact = z.output<typeof contact>;
export type DeskDomain = z.output<typeof domain>;

export function contactsIn(answer: Answer): ReadonlyMap<string, DeskContact> {
  return new Map(includedIn(answer, 'contacts', contact).map((row) => [row.id, row]));
}

export function domainsIn(answer: Answer): ReadonlyMap<string, DeskDomain> {
  return new Map(includedIn(answer, 'domains', domain).map((row) => [row.id, row]));
}

/** A row that cannot be read is as good as not included. */
function includedIn<T>({ body }: Answer, root: string, schema: z.ZodType<T>): T[] {
  const included = body.included;
  const rows: unknown =
    typeof included === 'object' && included !== null ? Reflect.get(included, root) : null;
  return (Array.isArray(rows) ? (rows as unknown[]) : []).flatMap((row) => {
    const parsed = schema.safeParse(row);
    return parsed.success ? [parsed.data] : [];
  });
}

/** The rows a record refers to; undefined where the references or any of the rows were not in the answer: unread. */
export function related<R extends { readonly state?: string | undefined }>(
  rows: ReadonlyMap<string, R>,
  references: readonly { readonly id: string }[] | null | undefined,
): readonly R[] | undefined {
  if (references === undefined) return undefined;
  const found: R[] = [];
  for (const { id } of references ?? []) {
    const row = rows.get(id);
    if (row === undefined) return undefined;
    if (row.state !== 'deleted') found.push(row);
  }
  return found;
}
