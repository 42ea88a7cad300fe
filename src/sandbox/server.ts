/** Builds the sandbox: both vendors' APIs and the controls on one HTTP server. */
import type { FastifyInstance } from 'fastify';
import Fastify from 'fastify';
import { acceptBodies } from './bodies';
import { createCallLog } from './call-log';
import type { Clock } from './clock';
import { wallClock } from './clock';
import type { SandboxContext } from './context';
import { registerControls } from './controls/routes';
import { openDataDirectory } from './data-directory';
import { refuseDesk } from './desk/errors';
import { registerDesk } from './desk/routes';
import { answerFailures } from './failures';
import { createFaults } from './faults';
import { createDeliveryLog } from './hooks/delivery-log';
import { createSender } from './hooks/sender';
import { addPipeline } from './pipeline';
import { seededRandom } from './random';
import { createRateLimiter } from './rate-limit';
import { plantRehearsal, type Rehearsal } from './seed/rehearsal';
import { seedWorld } from './seed/seed';
import type { SeedSize } from './seed/size';
import { addTokenUsers } from './seed/token-users';
import type { Side } from './settings';
import { VENDOR_LIMITS, completed, defaultSettings } from './settings';
import { refuseTeamwork } from './teamwork/errors';
import { registerTeamwork } from './teamwork/routes';
import { createWorld } from './world';

export interface SandboxOptions {
  readonly tokens: readonly string[];
  readonly size: SeedSize;
  /** The site of this file instead of a seeded one. */
  readonly rehearsal?: Rehearsal;
  /** Calls a minute, 0 for no limit. Without it the vendors' own limits, or those an earlier run was told. */
  readonly perMinute?: Record<Side, number>;
  readonly latencyMs: number;
  /** Keeps the site and the call log in this directory; in memory alone without it. */
  readonly dataDir?: string;
  readonly clock?: Clock;
}

export interface Sandbox {
  readonly app: FastifyInstance;
  readonly ctx: SandboxContext;
}

export function buildSandbox(options: SandboxOptions): Sandbox {
  const clock = options.clock ?? wallClock;
  const world = createWorld(clock);
  const calls = createCallLog();
  const deliveries = createDeliveryLog();
  const data =
    options.dataDir === undefined ? null : openDataDirectory(options.dataDir, { world, calls, deliveries });
  const flush = () => data?.flush();
  const sender = createSender({ world, clock, log: deliveries, seed: options.size.seed, flush });
  const faults = createFaults(seededRandom(options.size.seed));
  const limiter = createRateLimiter(clock);

  const ctx: SandboxContext = {
    world,
    clock,
    calls,
    deliveries,
    sender,
    faults,
    limiter,
    tokens: options.tokens,
    changeSettings: (patch) => world.tables.settings.update(1, patch, { token: null, cause: 'control' }),
    reset(size) {
      sender.reset(size.seed);
      world.clear();
      faults.clear();
      limiter.clear();
      calls.clear();
      world.tables.settings.put(defaultSettings(options.perMinute ?? VENDOR_LIMITS));
      addTokenUsers(world, options.tokens);
      if (options.rehearsal === undefined) seedWorld(world, size);
      else plantRehearsal(world, options.rehearsal);
      world.changes.length = 0;
      data?.startGeneration();
    },
    flush,
  };

  if (data?.load()) {
    world.tables.settings.put(completed(world.settings()));
    addTokenUsers(world, options.tokens);
    if (options.perMinute) ctx.changeSettings({ perMinute: options.perMinute });
    ctx.flush();
  } else {
    ctx.reset(options.size);
  }

  const app = Fastify({ forceCloseConnections: true, exposeHeadRoutes: false });
  acceptBodies(app);
  const refuse = { teamwork: refuseTeamwork, desk: refuseDesk };
  answerFailures(app, refuse);
  addPipeline(app, ctx, { latencyMs: options.latencyMs, refuse });
  registerTeamwork(app, ctx);
  registerDesk(app, ctx);
  registerControls(app, ctx);
  app.addHook('preClose', () => {
    sender.stop();
  });
  app.addHook('onClose', () => data?.close());
  return { app, ctx };
}
