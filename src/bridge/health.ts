/** Whether the server lives, and whether it could do its work now. */
import type { FastifyInstance } from 'fastify';
import type { SyncClient } from '../client';
import type { Store } from '../ports/store';

export interface HealthPorts {
  readonly store: Pick<Store, 'sites'>;
  readonly client: Pick<SyncClient, 'pollers'>;
}

const answerWithinMs = 3_000;

export function healthRoutes(app: FastifyInstance, { store, client }: HealthPorts): void {
  app.get('/healthz', () => ({ status: 'ok' }));

  app.get('/readyz', async (_request, reply) => {
    const [postgres, temporal] = await Promise.all([
      answers(() => store.sites()),
      answers(() => client.pollers()),
    ]);
    const ready = postgres && temporal;
    return reply.code(ready ? 200 : 503).send({ status: ready ? 'ready' : 'not ready', postgres, temporal });
  });
}

async function answers(question: () => Promise<unknown>): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<boolean>((done) => {
    timer = setTimeout(() => done(false), answerWithinMs);
  });
  try {
    return await Promise.race([question().then(() => true), late]);
  } catch {
    return false;
  } finally {
    clearTimeout(timer);
  }
}
