/** Composition root of the server: config, ports, what listens on the console's port. */
import Fastify from 'fastify';
import { healthRoutes } from './bridge/health';
import { readConfig } from './config';
import { engineSettings, openEngine } from './engine';
import { createLogger } from './logging';

async function main(): Promise<void> {
  const config = readConfig();
  const engine = await openEngine(engineSettings(config));
  const app = Fastify({
    logger: { level: config.logLevel, stream: process.stderr },
    disableRequestLogging: true,
    requestTimeout: 10_000,
  });
  healthRoutes(app, engine);
  const stop = async (): Promise<void> => {
    await app.close();
    await engine.close();
  };
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void stop());
  await app.listen({ host: config.host, port: config.consolePort });
}

main().catch((error: unknown) => {
  createLogger('error').error({ err: error }, 'server stopped');
  process.exit(3);
});
