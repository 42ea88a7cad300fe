/** Who changed what, for the one list of changes that console and command line share. */
import type { AccountStore } from './ports/accounts';
import type { Operation } from './ports/operations';

/** Under this name stands what was changed at the command line, where nobody signs in. */
export const theCli = 'the CLI';

/** `site` null: it is of no site. `detail` as in `AuditEntry`. */
export function noteChange(
  { accounts }: { readonly accounts: AccountStore },
  who: string,
  site: string | null,
  what: string,
  detail: Readonly<Record<string, unknown>> = {},
): Promise<void> {
  return accounts.noteAudit({ who, site, what, detail });
}

/** What was done to one link. */
export function noteOperation(
  ports: { readonly accounts: AccountStore },
  who: string,
  site: string,
  link: number,
  { verb, ...detail }: Operation,
): Promise<void> {
  const what = verb.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
  return noteChange(ports, who, site, what, { link, ...detail });
}
