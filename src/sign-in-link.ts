/** A link that signs in to the console once, for whoever has the machine: how the first administrator comes in. */
import { noteChange, theCli } from './change-note';
import type { AccountStore, Role } from './ports/accounts';

export const linkLastsMs = 3_600_000;

export async function signInLink(
  accounts: AccountStore,
  consoleUrl: string,
  { name, role }: { readonly name: string; readonly role: Role },
): Promise<string> {
  const token = await accounts.signInLink(name, role, linkLastsMs);
  const detail = { name, role };
  await noteChange({ accounts }, theCli, null, 'sign-in link made', detail);
  return `${consoleUrl}/sign-in/${token}`;
}
