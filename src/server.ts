/** Composition root of the server: config, ports, what listens on the console's port, and the dispatcher beside it. */
import { createApp } from './bridge/app';
import { startDispatcher } from './bridge/dispatcher';
import { readConfig } from './config';
import { consoleOn } from './console/console';
import { engineSettings, openEngine } from './engine';
import { createLogger } from './logging';

/** A delivery is answered within about a second, whether Postgres is there or not. */
const connectWithinMs = 1_000;

const closeIdleEveryMs = 200;

async function main(): Promise<void> {
  const config = readConfig();
  const log = createLogger(config.logLevel);
  // Temporal may be away, now and later: deliveries are kept all the same.
  const engine = await openEngine({ ...engineSettings(config), connectWithinMs }, { temporal: 'lazily' });
  const dispatcher = startDispatcher({ ...engine, warn: (facts, message) => log.warn(facts, message) });
  const app = createApp({ ...engine, log, poke: () => dispatcher.poke() });
  const { temporalUiUrl: url, temporalNamespace: namespace, pollMs } = config;
  await consoleOn(app, { ...engine, pollMs, temporalUi: url === undefined ? null : { url, namespace } });
  const stop = async (): Promise<void> => {
    // A connection that has been answered meanwhile is idle, and would be kept for the browser's next question.
    const idle = setInterval(() => app.server.closeIdleConnections(), closeIdleEveryMs);
    await app.close();
    clearInterval(idle);
    await dispatcher.stop();
    await engine.close();
  };
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void stop());
  await app.listen({ host: config.host, port: config.consolePort });
}

main().catch((error: unknown) => {
  createLogger('error').error({ err: error }, 'server stopped');
  process.exit(3);
});
