/** Looks whether a site's webhooks are on at both vendors, and switches on or registers again what is not. */
import type { Side } from '../domain/record';
import type { Budget } from '../ports/budget';
import { settleHooks, type HookPorts } from '../settle-hooks';
import { Stopped } from './failures';
import { permitsFor } from './permits';

export function checkHooksWith(ports: HookPorts & { readonly budget: Budget }) {
  return async function checkHooks({ site }: { readonly site: string }): Promise<void> {
    // A worker that does not know the address leaves what `connect` registered as it is.
    if (ports.publicUrl === null) return;
    const { teamwork, desk } = await ports.store.siteHooks(site);
    if (teamwork.problem === 'disconnected' || desk.problem === 'disconnected') return;
    const permitsOn = (side: Side) =>
      permitsFor(ports.budget, { site, side, priority: 3, write: null, run: null });
    const permits = { teamwork: permitsOn('teamwork'), desk: permitsOn('desk') };
    try {
      await settleHooks(ports, site, (side) => permits[side]());
    } catch (error) {
      // Frozen: whoever helps the site connects it again, and that checks them too.
      if (!(error instanceof Stopped)) throw error;
    }
  };
}
