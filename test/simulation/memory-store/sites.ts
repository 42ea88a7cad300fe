/** Sites: what `connect` established, settings, pause and freeze, credentials. */
import { kinds } from '../../../src/domain/record';
import type { NewSite, Site } from '../../../src/ports/sites';
import type { SiteStore } from '../../../src/ports/sites';
import { firstSettings } from '../../../src/store/sites';
import { instant, storable } from '../../../src/store/storable';
import { noGuardRows } from './holds';
import { changeLink, journal } from './link-rows';
import type { BudgetRow, Memory } from './memory';
import { Table } from './table';
import { transactions } from './transactions';

type SiteMethods = Pick<
  SiteStore,
  | 'addSite'
  | 'site'
  | 'sites'
  | 'credentials'
  | 'reconnectSite'
  | 'changeSettings'
  | 'setPaused'
  | 'freeze'
  | 'setAdoptOnly'
>;

export function siteMethods(memory: Memory): SiteMethods {
  return transactions<SiteMethods>({
    addSite(site) {
      if (memory.sites.has(site.id)) {
        throw new Error(`Site ${site.id} is connected already; reconnect it, or choose another name.`);
      }
      if ([...memory.sites.values()].some((rows) => rows.site.url === site.url)) {
        throw new Error(`Another site is connected to the address of site ${site.id}; use that one.`);
      }
      const createdAt = memory.now();
      const budget = (): BudgetRow => ({
        vendorLimit: null,
        arrival: memory.clock(),
        othersLeft: null,
        othersUntil: null,
        calls: [],
      });
      memory.sites.set(site.id, {
        site: {
          ...established(site),
          settings: firstSettings,
          frozen: null,
          paused: { site: false, kinds: [] },
          createdAt,
        },
        credentials: site.credentials,
        records: new Table(),
        surveys: new Map(),
        links: new Map(),
        holding: new Map(),
        tombstones: new Map(),
        due: new Map(),
        plans: new Map(),
        intents: new Map(),
        openIntents: new Map(),
        claims: new Map(),
        questions: new Map(),
        journal: [],
        runs: new Map(),
        budgets: { teamwork: budget(), desk: budget() },
        planned: [],
        guard: noGuardRows(),
        answers: { company: [], customer: [] },
      });
    },

    site(id) {
      return memory.sites.get(id)?.site ?? null;
    },

    sites() {
      return [...memory.sites.values()]
        .map(({ site }) => site)
        .sort((one, other) => (one.id < other.id ? -1 : 1));
    },

    credentials(id) {
      return memory.of(id).credentials;
    },

    reconnectSite(site) {
      const rows = memory.of(site.id);
      rows.site = { ...rows.site, ...established(site), frozen: null };
      rows.credentials = site.credentials;
    },

    changeSettings(id, settings) {
      const on = settings.automaticallyCreateContacts;
      change(id, ({ settings: before }) => {
        const since = on === false ? null : (before.automaticSince ?? wholeSecond(memory.now()));
        const automaticSince = on === undefined ? before.automaticSince : since;
        return { settings: { ...before, ...settings, automaticSince } };
      });
    },

    setPaused(id, scope, paused) {
      if (scope === 'site') {
        change(id, (site) => ({ paused: { ...site.paused, site: paused } }));
      } else if (typeof scope === 'string') {
        change(id, (site) => ({
          paused: {
            ...site.paused,
            kinds: kinds.filter((kind) => (kind === scope ? paused : site.paused.kinds.includes(kind))),
          },
        }));
      } else {
        const rows = memory.of(id);
        const row = rows.links.get(scope.link);
        if (row === undefined || row.link.paused === paused) return;
        changeLink(rows, scope.link, { paused });
        journal(memory, rows, [{ link: scope.link, event: paused ? 'paused' : 'resumed' }]);
      }
    },

    freeze(id, why) {
      change(id, () => ({ frozen: why === null ? null : storable(why) }));
    },

    setAdoptOnly(id, adoptOnly) {
      change(id, () => ({ adoptOnly }));
    },
  });

  function change(id: string, by: (site: Site) => Partial<Site>): void {
    const rows = memory.of(id);
    rows.site = { ...rows.site, ...by(rows.site) };
  }
}

function established(
  site: NewSite,
): Pick<Site, 'id' | 'url' | 'deskCreatedAt' | 'ownerCompanyId' | 'users' | 'deskPins' | 'adoptOnly'> {
  const { id, url, ownerCompanyId, users, deskPins, adoptOnly } = site;
  const copied = { teamwork: users.teamwork, desk: users.desk };
  return {
    id,
    url,
    deskCreatedAt: instant(site.deskCreatedAt),
    ownerCompanyId,
    users: copied,
    deskPins,
    adoptOnly,
  };
}

/** Of a site: whether an operator holds that kind back, or the site is frozen. */
export function isHeldBack({ paused, frozen }: Site, kind: Site['paused']['kinds'][number]): boolean {
  return paused.site || paused.kinds.includes(kind) || frozen !== null;
}

/** Vendors tell whole seconds, so the moment is a whole one, too. */
function wholeSecond(instant: string): string {
  return `${instant.slice(0, 19)}.000000Z`;
}
