/** The Desk API v2 under /desk/api/v2. */
import type { FastifyInstance } from 'fastify';
import type { SandboxContext } from '../context';

export function registerDesk(_app: FastifyInstance, _ctx: SandboxContext): void {
  // The routes follow.
}
