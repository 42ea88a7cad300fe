/** Webhooks that we register at the vendors: how they stand, what signs them, and the calls about them. Types only. */
import type { Side } from '../domain/record';
import type { Permit } from './budget';

/** `silent`: it is on, and records changed that it did not tell of; `off`: the vendor does not send. */
export type HookState = 'active' | 'silent' | 'off';

/** Why a side has no hooks. `refused`: the plan or the credential does not allow them. */
export type HookProblem = 'no_public_url' | 'refused' | 'unreachable' | 'disconnected';

export interface Hook {
  readonly event: string;
  /** The vendor's id of it; several events may share one. */
  readonly id: string;
  readonly state: HookState;
  readonly lastDeliveryAt: string | null;
}

export interface SideHooks {
  readonly problem: HookProblem | null;
  readonly checkedAt: string | null;
  readonly hooks: readonly Hook[];
}

/** Two are valid during a rotation, until the vendor signs with the new one. */
export interface HookSecrets {
  readonly current: string;
  readonly previous: string | null;
}

export interface HookStore {
  siteHooks(site: string): Promise<Readonly<Record<Side, SideHooks>>>;
  /** Null where no hook was ever registered. */
  hookSecrets(site: string, side: Side): Promise<HookSecrets | null>;
  /** Makes the first secret where there is none that this process can open; then no hook at the vendor has it. */
  ensureHookSecrets(site: string, side: Side): Promise<HookSecrets & { readonly isNew: boolean }>;
  /** A new secret beside the present one; an unfinished rotation goes on as it is. */
  rotateHookSecret(site: string, side: Side): Promise<void>;
  /** Every hook of the side is signed with this one: the one before is forgotten. */
  confirmHookSecret(site: string, side: Side, current: string): Promise<void>;
  /** What the vendor has: replaces what was noted before, and finds out which are silent. */
  noteHooks(
    site: string,
    side: Side,
    found: readonly { readonly event: string; readonly id: string; readonly on: boolean }[],
    problem: HookProblem | null,
  ): Promise<void>;
}

/** A hook as the vendor lists it. */
export interface RegisteredHook {
  readonly id: string;
  readonly url: string;
  readonly events: readonly string[];
  readonly on: boolean;
}

export interface HookRegistration {
  readonly url: string;
  readonly events: readonly string[];
  /** The vendor signs every delivery with it. */
  readonly secret: string;
}

/** One side's calls about hooks; each makes one call and uses one permit. All throw `ApiError`. */
export interface HookApi {
  /** The events that the engine wants, in the groups that one registration can carry. */
  readonly wanted: readonly (readonly string[])[];
  /** Allows webhooks for the installation, where that is a switch of its own. */
  readonly allow: ((permit: Permit) => Promise<void>) | null;
  list(permit: Permit): Promise<readonly RegisteredHook[]>;
  /** Answers the vendor's id. */
  register(permit: Permit, registration: HookRegistration): Promise<string>;
  /** Makes it exactly that, and switches it on. */
  change(permit: Permit, id: string, registration: HookRegistration): Promise<void>;
  switchOff(permit: Permit, hook: RegisteredHook): Promise<void>;
}

export interface HookApis {
  hooksOf(site: string, side: Side): Promise<HookApi>;
}
