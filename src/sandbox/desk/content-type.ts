/** Desk reads JSON, form and multipart bodies; a write of another kind is refused before its route. */
import type { FastifyInstance } from 'fastify';
import { bytesOf } from '../bodies';
import { unreadableContentType } from './errors';

const WRITES: ReadonlySet<string> = new Set(['POST', 'PUT', 'PATCH', 'DELETE']);
const READABLE =
  /^(application\/([\w.+-]+\+)?json|application\/x-www-form-urlencoded|multipart\/form-data)\b/i;

export function requireReadableContentType(app: FastifyInstance): void {
  app.addHook('preHandler', (request, _reply, done) => {
    // A DELETE has nothing to say about the body that it does not carry.
    const silent = request.method === 'DELETE' && bytesOf(request).length === 0;
    const readable = READABLE.test(request.headers['content-type'] ?? '');
    if (WRITES.has(request.method) && !readable && !silent) done(unreadableContentType());
    else done();
  });
}
