/** Serves avatars and logos as the vendor's file storage does: to anybody who has the address. */
import type { FastifyInstance } from 'fastify';
import type { SandboxContext } from '../context';
import { plainPicture } from '../picture';

export function registerPictures(app: FastifyInstance, ctx: SandboxContext): void {
  app.get<{ Params: { n: string } }>('/files/avatars/person-:n(^\\d+).png', (request, reply) =>
    reply.type('image/png').send(plainPicture(Number(request.params.n))),
  );

  app.get<{ Params: { '*': string } }>('/files/*', (request, reply) => {
    const file = ctx.world.tables.storedFiles.by('name', request.params['*'])[0];
    if (!file) return reply.status(404).type('application/xml').send('<Error><Code>NoSuchKey</Code></Error>');
    return reply.type(file.contentType).send(Buffer.from(file.base64, 'base64'));
  });

  /** The pictures that Desk shows for customers without one. */
  app.get<{ Params: { name: string } }>('/desk/images/avatars/animals/:name', (request, reply) =>
    reply.type('image/png').send(plainPicture(request.params.name.length)),
  );
}
