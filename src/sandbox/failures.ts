/** What becomes of a call that no route answered: refused, unknown path, or a fault of the sandbox itself. */
import type { FastifyError, FastifyInstance } from 'fastify';
import type { RefuseFunction } from './context';
import { sideOf } from './context';
import { Refused } from './refused';
import type { Side } from './settings';

function statusOf(error: FastifyError): number {
  return error.statusCode !== undefined && error.statusCode >= 400 && error.statusCode < 500
    ? error.statusCode
    : 500;
}

export function answerFailures(app: FastifyInstance, refuse: Readonly<Record<Side, RefuseFunction>>): void {
  app.setErrorHandler<FastifyError | Refused>((error, request, reply) => {
    if (error instanceof Refused) return reply.status(error.status).headers(error.headers).send(error.body);
    const status = statusOf(error);
    const message = status === 500 ? 'Internal Server Error' : error.message;
    if (status === 500) process.stderr.write(`sandbox: ${error.stack ?? error.message}\n`);
    const side = sideOf(request.url);
    if (side === 'controls') return reply.status(status).send({ error: message });
    const refusal = refuse[side](request.url, status, message);
    return reply
      .status(refusal.status)
      .headers(refusal.headers ?? {})
      .send(refusal.body);
  });

  app.setNotFoundHandler((request, reply) => {
    const side = sideOf(request.url);
    if (side === 'controls') return reply.status(404).send({ error: 'no such control' });
    if (side === 'teamwork') return reply.status(404).send({ message: 'Not Found' });
    const refusal = refuse.desk(request.url, 404, 'Not Found');
    return reply.status(refusal.status).send(refusal.body);
  });
}
