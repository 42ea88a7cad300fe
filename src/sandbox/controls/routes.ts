/** The sandbox's own controls under /sandbox. */
import type { FastifyInstance } from 'fastify';
import type { SandboxContext } from '../context';

export function registerControls(app: FastifyInstance, ctx: SandboxContext): void {
  app.get<{ Querystring: { since?: string } }>('/sandbox/calls', (request) => ({
    calls: ctx.calls.since(Number(request.query.since ?? 0)),
  }));
}
