/** Who writes and where: what every write of the Desk side needs. */
import type { FastifyRequest } from 'fastify';
import type { SandboxContext } from '../context';
import { authorOf, callerOf } from '../context';
import type { Author, Cause } from '../table';
import type { World } from '../world';

export interface Writer {
  readonly world: World;
  readonly author: Author;
  /** The agent behind the write; null where the helpdesk itself writes. */
  readonly deskUserId: number | null;
}

export function writerOf(request: FastifyRequest, ctx: SandboxContext): Writer {
  return { world: ctx.world, author: authorOf(request), deskUserId: callerOf(request).deskUserId };
}

/** The same writer, for what follows from the write by a rule of Desk. */
export function following(writer: Writer, cause: Cause): Writer {
  return { ...writer, author: { token: writer.author.token, cause } };
}

/** The helpdesk itself, without anybody's token. */
export function helpdesk(world: World, cause: Cause): Writer {
  return { world, author: { token: null, cause }, deskUserId: null };
}

/** The stamps of an edit. */
export function edited(writer: Writer) {
  return { updatedAt: writer.world.now(), updatedBy: writer.deskUserId };
}
