/** What the user behind a token may see and do. */
import type { FastifyRequest } from 'fastify';
import type { Caller, SandboxContext } from '../context';
import { callerOf } from '../context';
import type { TeamworkCompany, TeamworkPerson } from '../teamwork-records';
import { refuseTeamwork } from './errors';
import { Refused } from '../refused';

/** A member sees the owner company and every second client, so that rows vanish from listings as they do for real. */
export function maySeeCompany(caller: Caller, company: Pick<TeamworkCompany, 'id' | 'isOwner'>): boolean {
  return caller.role === 'admin' || company.isOwner || company.id % 2 === 0;
}

export function maySeePerson(ctx: SandboxContext, caller: Caller, person: TeamworkPerson): boolean {
  if (caller.role === 'admin') return true;
  const company = ctx.world.tables.teamworkCompanies.get(person.companyId);
  return company !== undefined && maySeeCompany(caller, company);
}

/** Refuses everybody but site admins. */
export function requireAdmin(request: FastifyRequest): Caller {
  const caller = callerOf(request);
  if (caller.role !== 'admin') throw forbidden(request);
  return caller;
}

export function forbidden(request: FastifyRequest): Refused {
  const { status, body } = refuseTeamwork(request.url, 403, 'You do not have permission to do this');
  return new Refused(status, body);
}
