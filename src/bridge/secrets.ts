/** What signs a site's deliveries, remembered for a moment, so that a delivery costs one transaction. */
import type { Side } from '../domain/record';
import type { HookSecrets } from '../ports/hooks';
import type { Store } from '../ports/store';

/** A secret that was replaced is taken for at most this long. */
const rememberedMs = 1_000;
/** Wrong signatures make us ask the store again, this often at most. */
const askedAgainAfterMs = 100;
const mostRemembered = 1_000;

export interface Secrets {
  /** Whether it fits what signs this side of the site now; false where there is nothing that signs. */
  fit(site: string, side: Side, isSigned: (secrets: HookSecrets) => boolean): Promise<boolean>;
}

export function secretsOf(store: Pick<Store, 'hookSecrets'>): Secrets {
  const remembered = new Map<string, Remembered>();
  return {
    async fit(site, side, isSigned) {
      const key = `${side} ${site}`;
      const known = remembered.get(key);
      const now = performance.now();
      const isFresh = known !== undefined && now - known.at < rememberedMs;
      if (isFresh && known.secrets !== null && isSigned(known.secrets)) return true;
      // It may be signed with one that was just made.
      if (isFresh && now - known.doubtedAt < askedAgainAfterMs) return false;
      const secrets = await store.hookSecrets(site, side);
      // Names come from whoever calls: what was asked for is not kept without bound.
      if (remembered.size >= mostRemembered) remembered.clear();
      remembered.set(key, { secrets, at: now, doubtedAt: isFresh ? now : -Infinity });
      return secrets !== null && isSigned(secrets);
    },
  };
}

interface Remembered {
  readonly secrets: HookSecrets | null;
  readonly at: number;
  /** When a signature that did not fit made us ask again. */
  readonly doubtedAt: number;
}
