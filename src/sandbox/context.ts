/** What every route of the sandbox works with. */
import type { FastifyRequest } from 'fastify';
import type { CallLog } from './call-log';
import type { Clock } from './clock';
import type { Faults } from './faults';
import type { DeliveryLog } from './hooks/delivery-log';
import type { Sender } from './hooks/sender';
import type { RateLimiter } from './rate-limit';
import type { SeedSize } from './seed/size';
import type { Role, Settings, Side } from './settings';
import type { Author, Cause } from './table';
import type { World } from './world';

/** Who calls: a token, its right and the user it stands for on each side. */
export interface Caller {
  readonly token: string;
  readonly role: Role;
  readonly teamworkUserId: number;
  readonly deskUserId: number;
}

export interface SandboxContext {
  readonly world: World;
  readonly clock: Clock;
  readonly calls: CallLog;
  readonly deliveries: DeliveryLog;
  readonly sender: Sender;
  readonly faults: Faults;
  readonly limiter: RateLimiter;
  readonly tokens: readonly string[];
  changeSettings(patch: Partial<Omit<Settings, 'id'>>): Settings;
  /** Throws the whole site away and seeds another one. */
  reset(size: SeedSize): void;
  /** Writes what changed to the data directory; called before any answer goes out. */
  flush(): void;
}

/** How one vendor words a refusal that is made before any route runs. */
export interface Refusal {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body: unknown;
}

export type RefuseFunction = (path: string, status: number, message: string) => Refusal;

declare module 'fastify' {
  interface FastifyRequest {
    /** Set on every authenticated vendor call. */
    caller: Caller | null;
  }
}

/** The caller of a vendor route; the pipeline has refused everybody else. */
export function callerOf(request: FastifyRequest): Caller {
  if (request.caller === null) throw new Error('sandbox: a vendor route ran without a caller');
  return request.caller;
}

/** The author of the changes that this call makes. */
export function authorOf(request: FastifyRequest, cause: Cause = 'api'): Author {
  return { token: callerOf(request).token, cause };
}

export function sideOf(path: string): Side | 'controls' {
  if (path.startsWith('/desk/')) return 'desk';
  return path === '/sandbox' || path.startsWith('/sandbox/') ? 'controls' : 'teamwork';
}
