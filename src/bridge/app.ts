/** What listens on the server's port: the vendors' hooks, health and figures. */
import Fastify, { LogController, type FastifyBaseLogger, type FastifyInstance } from 'fastify';
import { metricsRoute, newFigures } from './figures';
import { healthRoutes, type HealthPorts } from './health';
import { recorderOn } from './recorder';
import { secretsOf } from './secrets';
import { largestBody, webhookRoutes } from './webhooks';
import type { FigureReads } from '../ports/figures';
import type { Store } from '../ports/store';

export interface AppPorts extends HealthPorts {
  readonly store: Store;
  readonly reads: FigureReads;
  readonly poke: () => void;
  readonly log: FastifyBaseLogger;
}

/** Slow clients hold a connection for seconds, and there are only so many. */
const limits = {
  headersTimeout: 5_000,
  requestTimeout: 10_000,
  connectionsCheckingInterval: 1_000,
} as const;
export const mostConnections = 1_000;

export function createApp({ store, reads, client, poke, log }: AppPorts): FastifyInstance {
  const app = Fastify({
    loggerInstance: log,
    logController: new LogController({ disableRequestLogging: true }),
    bodyLimit: largestBody,
    requestTimeout: limits.requestTimeout,
    http: limits,
  });
  app.server.maxConnections = mostConnections;
  const figures = newFigures();
  healthRoutes(app, { store, client });
  metricsRoute(app, figures, { store, reads, client });
  webhookRoutes(app, { secrets: secretsOf(store), recorder: recorderOn(store), figures, poke });
  return app;
}
