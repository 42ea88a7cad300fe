/** /users: the agents of the helpdesk, and the one behind the token. */
import type { FastifyInstance } from 'fastify';
import type { SandboxContext } from '../context';
import { callerOf } from '../context';
import type { DeskUser } from '../desk-records';
import type { World } from '../world';
import { notFound } from './errors';
import { byId, stampFields, textFields } from './fields';
import { userRecord } from './records';
import type { Resource } from './resource';
import { oneAnswer, registerReads } from './resource';
import type { SoftRow } from './rows';

function userResource(world: World): Resource<DeskUser> {
  const { deskUsers } = world.tables;
  const oneById = byId(deskUsers);
  return {
    singular: 'user',
    plural: 'users',
    table: deskUsers,
    fields: new Map([
      ...stampFields<DeskUser>(),
      ...textFields<DeskUser, 'firstName' | 'lastName' | 'email' | 'role'>([
        'firstName',
        'lastName',
        'email',
        'role',
      ]),
    ]),
    lookUps: new Map([['id', oneById]]),
    record: (row) => userRecord(world, row),
    included: () => ({}),
  };
}

export function registerUsers(app: FastifyInstance, ctx: SandboxContext): void {
  const users = userResource(ctx.world);
  registerReads(app, ctx, users);
  for (const path of ['/me.json', '/users/me.json']) {
    app.get(path, (request) => {
      const { deskUserId } = callerOf(request);
      const user = ctx.world.tables.deskUsers.get(deskUserId);
      if (!user) throw notFound('user', deskUserId);
      return oneAnswer(users, user, request);
    });
  }
}

/** The agents who made or edited these rows. */
export function usersBehind(world: World, rows: readonly SoftRow[]): DeskUser[] {
  const ids = new Set(rows.flatMap((row) => [row.createdBy, row.updatedBy, row.deletedBy]));
  return [...ids].flatMap((id) => (id === null ? [] : (world.tables.deskUsers.get(id) ?? [])));
}
