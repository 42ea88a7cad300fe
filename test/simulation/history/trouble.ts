/** What operators do and what befalls the engine: sweeps, settings, pauses, crashes, a revoked credential. */
import { siteId } from '../engine/site';
import { at, sideOf, type Acts } from './chosen';

export const trouble: Acts = {
  sweep: [3, null, (site) => void site.sweep()],
  policy: [
    1,
    null,
    (site, { a }) => {
      const conflictPolicy = at(['latest', 'teamwork', 'desk'] as const, a) ?? 'latest';
      site.setPolicy({ conflictPolicy, automaticallyCreateContacts: a % 2 === 0 });
    },
  ],
  pause: [
    1,
    'I27',
    (site, { a, gapMs }) => {
      const scope = at(['site', 'company', 'customer'] as const, a) ?? 'site';
      site.pause(scope);
      site.time.at(site.time.now + gapMs + 5_000, () => {
        site.resume(scope);
      });
    },
  ],
  crash: [
    4,
    'A25',
    (site) => {
      site.server.crash();
    },
  ],
  revoke: [
    1,
    'A45',
    (site, { c, gapMs }) => {
      if (site.faults.rate === 0) return;
      site.faults.revoked[sideOf(c)] = true;
      site.time.at(site.time.now + gapMs + 3_000, () => {
        site.faults.revoked[sideOf(c)] = false;
        void site.store.freeze(siteId, null);
      });
    },
  ],
};
