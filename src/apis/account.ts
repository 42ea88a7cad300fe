/** Whose credential it is, and what that user may do as far as the vendors tell (one call each). */
import { z } from 'zod';
import type { Account } from '../ports/apis';
import type { Permit } from '../ports/budget';
import { notUnderstood, type Call } from './call';
import type { Caller } from './resource';
import { flag, problemOf, recordId, reference, text } from './wire-values';

const teamworkUser = z.object({
  id: recordId,
  companyId: recordId.nullish(),
  company: reference.nullish(),
  inOwnerCompany: flag,
  isAdmin: flag,
  siteOwner: flag,
});

/** The owner company is told only where the user belongs to it; the list of companies tells it otherwise. */
export async function teamworkAccount(caller: Caller, permit: Permit): Promise<Account> {
  const user = await userIn(caller, permit, '/projects/api/v3/me.json', 'person', teamworkUser);
  const companyId = user.companyId ?? user.company?.id ?? null;
  return {
    userId: user.id,
    ownerCompanyId: user.inOwnerCompany === true ? companyId : null,
    mayWrite: user.isAdmin === true || user.siteOwner === true,
  };
}

const deskUser = z.object({ id: recordId, role: text, isAppOwner: flag });

/** Managing companies and customers needs a site admin, or an agent with a permission that no answer shows. */
export async function deskAccount(caller: Caller, permit: Permit): Promise<Account> {
  const user = await userIn(caller, permit, '/me.json', 'user', deskUser);
  const mayWrite = user.isAppOwner === true || /admin|owner/i.test(user.role ?? '');
  return { userId: user.id, ownerCompanyId: null, mayWrite };
}

async function userIn<S extends z.ZodType>(
  { side, http }: Caller,
  permit: Permit,
  path: string,
  root: string,
  schema: S,
): Promise<z.output<S>> {
  const call: Call = { method: 'GET', path };
  const { body, status } = await http(permit, call);
  const user = schema.safeParse(body[root]);
  if (!user.success) throw notUnderstood(side, call, status, `${root}.${problemOf(user.error)}`);
  return user.data;
}
