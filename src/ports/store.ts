/** The store as a whole. Every method is one transaction and carries the site. Types only. */
import type { DeliveryStore } from './deliveries';
import type { DueStore } from './due';
import type { HookStore } from './hooks';
import type { HoldStore } from './holds';
import type { LinkStore } from './links';
import type { MirrorStore } from './mirror';
import type { RunStore } from './runs';
import type { SiteStore } from './sites';
import type { WatchStore } from './watch';

export interface Store
  extends
    SiteStore,
    MirrorStore,
    LinkStore,
    DueStore,
    RunStore,
    DeliveryStore,
    HookStore,
    HoldStore,
    WatchStore {}
