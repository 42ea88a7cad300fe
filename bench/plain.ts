/** The same API clients without any durability: what the engine is compared with. */
import { createSideApi } from '../src/apis/side-api';
import type { Kind, Observation, Side } from '../src/domain/record';
import type { SideApi } from '../src/ports/apis';
import type { Permit } from '../src/ports/budget';
import { token, type Lab } from '../test/support/lab';

export const freely: Permit = {
  grantedAt: new Date().toISOString(),
  answered: () => Promise.resolve(),
};

export function plainApi(lab: Lab, side: Side): SideApi {
  return createSideApi({
    side,
    url: lab.sandbox.url,
    token,
    ownerCompanyId: null,
    timeoutMs: 30_000,
    fileHosts: [],
  });
}

export async function readWhole(api: SideApi, kind: Kind): Promise<readonly Observation[]> {
  const all: Observation[] = [];
  let cursor: string | null = null;
  do {
    const page = await api.list(freely, kind, cursor);
    all.push(...page.observations);
    cursor = page.next;
  } while (cursor !== null);
  return all;
}
