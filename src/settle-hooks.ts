/**
 * Brings a site's webhooks to what we want at both vendors: registered, on, signed with our secret; and notes how they
 * stand. Hooks are a convenience (R28): whatever fails here, polling finds the changes.
 */
import { ApiError } from './domain/errors';
import { sides, type Side } from './domain/record';
import type { Permit } from './ports/budget';
import type { HookApi, HookApis, HookProblem, RegisteredHook, SideHooks } from './ports/hooks';
import type { Store } from './ports/store';

export interface HookPorts {
  readonly store: Store;
  readonly hookApis: HookApis;
  /** Where the vendors reach the bridge; null: they cannot. */
  readonly publicUrl: string | null;
}

export type TakePermitOf = (side: Side) => Promise<Permit>;

/** Both sides, one after the other; a vendor's failure is noted, not thrown. */
export async function settleHooks(
  ports: HookPorts,
  site: string,
  take: TakePermitOf,
): Promise<Readonly<Record<Side, SideHooks>>> {
  for (const side of sides) await settleSide(ports, site, side, () => take(side));
  return ports.store.siteHooks(site);
}

/** New secrets for both sides; until a vendor signs with its new one, both are taken. */
export async function rotateHookSecrets(
  ports: HookPorts,
  site: string,
  take: TakePermitOf,
): Promise<Readonly<Record<Side, SideHooks>>> {
  for (const side of sides) await ports.store.rotateHookSecret(site, side);
  return settleHooks(ports, site, take);
}

/** Switches off the hooks that are ours, as far as the vendors let us. */
export async function switchOffHooks(ports: HookPorts, site: string, take: TakePermitOf): Promise<void> {
  for (const side of sides) {
    await noting(ports.store, site, side, async () => {
      const api = await ports.hookApis.hooksOf(site, side);
      const ours = await oursIn(ports, site, side, await api.list(await take(side)));
      await switchOffAll(api, ours, () => take(side));
      await ports.store.noteHooks(site, side, [], 'disconnected');
    });
  }
}

async function settleSide(
  ports: HookPorts,
  site: string,
  side: Side,
  take: () => Promise<Permit>,
): Promise<void> {
  const { store, publicUrl } = ports;
  if (publicUrl === null) return store.noteHooks(site, side, [], 'no_public_url');
  await noting(store, site, side, async () => {
    const api = await ports.hookApis.hooksOf(site, side);
    const secrets = await store.ensureHookSecrets(site, side);
    if (api.allow !== null) await api.allow(await take());
    const ours = await oursIn(ports, site, side, await api.list(await take()));
    const known = await idsOf(store, site, side);
    // A hook that was not ours for sure, or was signed with another secret, is given this one.
    const isSure = (hook: RegisteredHook) =>
      known.has(hook.id) && hook.on && hook.url === urlOf(publicUrl, site, side);
    const sameSecret = !secrets.isNew && secrets.previous === null;
    const found: { readonly event: string; readonly id: string; readonly on: boolean }[] = [];
    for (const events of api.wanted) {
      const registration = { url: urlOf(publicUrl, site, side), events, secret: secrets.current };
      const [hook, ...others] = ours.filter((one) => events.some((event) => one.events.includes(event)));
      // Doubles, as two processes that register at once make them.
      await switchOffAll(api, others, take);
      const id = hook?.id ?? (await api.register(await take(), registration));
      const isWhole = hook !== undefined && events.every((event) => hook.events.includes(event));
      if (hook !== undefined && !(sameSecret && isWhole && isSure(hook))) {
        await api.change(await take(), id, registration);
      }
      found.push(...events.map((event) => ({ event, id, on: true })));
    }
    await store.confirmHookSecret(site, side, secrets.current);
    await store.noteHooks(site, side, found, null);
  });
}

async function switchOffAll(
  api: HookApi,
  hooks: readonly RegisteredHook[],
  take: () => Promise<Permit>,
): Promise<void> {
  for (const hook of hooks.filter(({ on }) => on)) await api.switchOff(await take(), hook);
}

/** By the id that was noted, or by the address that only we listen at. */
async function oursIn(
  { store, publicUrl }: HookPorts,
  site: string,
  side: Side,
  listed: readonly RegisteredHook[],
): Promise<readonly RegisteredHook[]> {
  const known = await idsOf(store, site, side);
  return listed.filter(
    ({ id, url }) => known.has(id) || (publicUrl !== null && url === urlOf(publicUrl, site, side)),
  );
}

async function idsOf(store: Store, site: string, side: Side): Promise<ReadonlySet<string>> {
  return new Set((await store.siteHooks(site))[side].hooks.map(({ id }) => id));
}

/** What the vendor refuses or cannot do is noted beside the hooks that were known before. */
async function noting(store: Store, site: string, side: Side, work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    const problem = problemOf(error);
    const known = (await store.siteHooks(site))[side].hooks;
    const on = problem === 'unreachable';
    await store.noteHooks(
      site,
      side,
      known.map(({ event, id, state }) => ({ event, id, on: on && state !== 'off' })),
      problem,
    );
  }
}

function problemOf({ kind }: ApiError): HookProblem {
  return kind === 'unavailable' || kind === 'rate_limited' || kind === 'contract' ? 'unreachable' : 'refused';
}

function urlOf(publicUrl: string, site: string, side: Side): string {
  return `${publicUrl}/webhooks/${site}/${side}`;
}
