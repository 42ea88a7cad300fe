/** Kills the process of workers exactly at one point: before what it is about to do, or after, and before it hears of it. */
import type { CrashPoint } from '../../support/crash-points';
import type { Moment } from '../../support/gate';
import { presentAttempt, presentWorker } from './attempt';
import type { Server } from './server';

/** A side effect on a vendor, or a transaction of the store's by the method's name. */
export type Point = CrashPoint | string;

export class Crashes {
  hits = 0;
  private armed: { readonly point: Point; readonly moment: Moment } | null = null;

  constructor(private readonly server: () => Server) {}

  arm(point: Point, moment: Moment): void {
    this.armed = { point, moment };
  }

  /** Whether the process that does this is killed here. */
  reached(does: Point, moment: Moment): boolean {
    const { armed } = this;
    const worker = presentWorker();
    if (armed?.moment !== moment || worker === null || worker.isDead || !isAt(armed.point, does))
      return false;
    this.armed = null;
    this.hits++;
    this.server().crash();
    return true;
  }
}

function isAt(point: Point, does: Point): boolean {
  if (typeof point === 'string' || typeof does === 'string') return point === does;
  const { priority = 4 } = (presentAttempt()?.input ?? {}) as { readonly priority?: number };
  const isOf = point.side === does.side && point.does === does.does && point.kind === does.kind;
  return isOf && (!point.isLive || priority <= 2);
}
