/** The Teamwork.com API: v1 at the root, v2 and v3 under /projects/api. */
import type { FastifyInstance } from 'fastify';
import type { SandboxContext } from '../context';

export function registerTeamwork(_app: FastifyInstance, _ctx: SandboxContext): void {
  // The routes follow.
}
