/** Every side effect on a vendor around which a worker is killed, once on the whole stack and many times in the simulation (R15). */
import type { Kind, Side } from '../../src/domain/record';

export interface CrashPoint {
  readonly side: Side;
  readonly does: 'create' | 'update' | 'prepare';
  readonly kind: Kind;
  /** A user's edit, told by a hook or a poll; else whatever comes to it. */
  readonly isLive: boolean;
}

const at = (side: Side, does: CrashPoint['does'], kind: Kind, isLive = false): CrashPoint => ({
  side,
  does,
  kind,
  isLive,
});

export const crashPoints = {
  'a company made in Desk': at('desk', 'create', 'company'),
  'a customer made in Desk': at('desk', 'create', 'customer'),
  'a company changed in Desk': at('desk', 'update', 'company'),
  'a customer changed in Desk': at('desk', 'update', 'customer'),
  'a client changed in Teamwork.com': at('teamwork', 'update', 'company'),
  'a contact changed in Teamwork.com': at('teamwork', 'update', 'customer'),
  'an avatar put into the file storage': at('teamwork', 'prepare', 'customer'),
  'a client made in Teamwork.com': at('teamwork', 'create', 'company'),
  'a contact made in Teamwork.com': at('teamwork', 'create', 'customer'),
  'a live edit of a customer': at('desk', 'update', 'customer', true),
} as const;

export type CrashPointName = keyof typeof crashPoints;
