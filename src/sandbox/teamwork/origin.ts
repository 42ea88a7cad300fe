/** Scheme and host under which the caller reached the sandbox: addresses in answers begin with it. */
import type { FastifyRequest } from 'fastify';

export function originOf(request: FastifyRequest): string {
  return `${request.protocol}://${request.host}`;
}
