/** What the controls and switches set; kept with the data, so a restart forgets none of it. */
import type { Row } from './table';

export type Side = 'teamwork' | 'desk';
export const SIDES: readonly Side[] = ['teamwork', 'desk'];

/** admin may do everything, a member reads part and writes nothing, none is a revoked credential. */
export type Role = 'admin' | 'member' | 'none';
export const ROLES: readonly Role[] = ['admin', 'member', 'none'];

export interface HookTrouble {
  /** Probabilities 0 to 1. */
  readonly drop: number;
  readonly duplicate: number;
  readonly shuffle: number;
  readonly delayMs: number;
  /** How long after a failure the delivery is tried again. */
  readonly retryMs: number;
  /** How long an answer may take. */
  readonly timeoutMs: number;
}

/** Where the vendors' documents leave room, a switch chooses (DIFFERENCES.md lists them). */
export interface Switches {
  /** Status with which Teamwork.com refuses a call above its limit. */
  readonly teamworkRefusal: 429 | 400;
  readonly teamworkReset: 'seconds' | 'epoch';
  readonly deskReset: 'seconds' | 'epoch';
  readonly retryAfter: boolean;
  readonly rateLimitPer: 'token' | 'site';
  /** A direct read of a deleted record: 404, or 200 with its deleted state. */
  readonly deletedRead: 404 | 200;
  /** The vendor's own sync shows its signs. */
  readonly builtInSync: boolean;
  /** A trashed person's email may be given to another. */
  readonly trashedEmailReusable: boolean;
}

export interface Settings extends Row {
  /** Calls a minute; 0 means no limit. */
  readonly perMinute: Readonly<Record<Side, number>>;
  readonly hooks: Readonly<Record<Side, HookTrouble>>;
  readonly roles: Readonly<Record<string, Role>>;
  readonly switches: Switches;
  readonly teamworkWebhooksEnabled: boolean;
}

/** What the vendors allow a minute on their smallest plans. */
export const VENDOR_LIMITS: Readonly<Record<Side, number>> = { teamwork: 150, desk: 120 };

export const NO_TROUBLE: HookTrouble = {
  drop: 0,
  duplicate: 0,
  shuffle: 0,
  delayMs: 0,
  retryMs: 3_600_000,
  timeoutMs: 5_000,
};

export const DEFAULT_SWITCHES: Switches = {
  teamworkRefusal: 429,
  teamworkReset: 'seconds',
  deskReset: 'seconds',
  retryAfter: false,
  rateLimitPer: 'token',
  deletedRead: 404,
  builtInSync: false,
  trashedEmailReusable: true,
};

export function defaultSettings(perMinute: Readonly<Record<Side, number>>): Settings {
  return {
    id: 1,
    perMinute,
    hooks: { teamwork: NO_TROUBLE, desk: NO_TROUBLE },
    roles: {},
    switches: DEFAULT_SWITCHES,
    teamworkWebhooksEnabled: true,
  };
}

/** Settings that an earlier version kept, with what it did not know of yet. */
export function completed(kept: Settings): Settings {
  return {
    ...kept,
    hooks: {
      teamwork: { ...NO_TROUBLE, ...kept.hooks.teamwork },
      desk: { ...NO_TROUBLE, ...kept.hooks.desk },
    },
    switches: { ...DEFAULT_SWITCHES, ...kept.switches },
  };
}
