/** An incident bundle: all that is known of one link, for whoever is to find out what happened, without telling who it is. */
import { createHmac, randomBytes } from 'node:crypto';
import type { SyncClient, WorkflowHistory } from './client';
import type { LinkView, Plan } from './domain/plan';
import { planLink } from './domain/planner';
import { pseudonymous } from './domain/pseudonyms';
import type { JournalEntry, Reads } from './ports/reads';
import type { Store } from './ports/store';

export interface IncidentPorts {
  readonly store: Pick<Store, 'view'>;
  readonly reads: Pick<Reads, 'timeline'>;
  readonly client: Pick<SyncClient, 'histories'>;
}

/** Names, emails and values are pseudonyms, the same within one bundle and different in every other. */
export interface Incident {
  readonly format: 'teamwork-desk-sync incident 1';
  readonly exportedAt: string;
  readonly site: string;
  readonly link: number;
  /** Everything that the next decision depends on. */
  readonly view: LinkView;
  /** What the planner decides of exactly this view. */
  readonly plan: Plan;
  /** Latest first. */
  readonly timeline: readonly JournalEntry[];
  /** The link's workflow runs that Temporal still keeps, latest first; ids, sides and names of fields, never values. */
  readonly histories: readonly WorkflowHistory[];
}

const entriesKept = 1_000;
const historiesKept = 20;

/** Null when there is no such link. */
export async function incidentOf(
  { store, reads, client }: IncidentPorts,
  site: string,
  number: number,
): Promise<Incident | null> {
  const view = await store.view(site, number);
  if (view === null) return null;
  const { kind, number: link } = view.link;
  const [entries, histories] = await Promise.all([
    reads.timeline(site, link, entriesKept),
    client.histories(site, kind, link, historiesKept),
  ]);
  const digest = digestWith(randomBytes(32));
  const masked = pseudonymous(view, digest) as LinkView;
  return {
    format: 'teamwork-desk-sync incident 1',
    exportedAt: new Date().toISOString(),
    site,
    link,
    view: masked,
    plan: planLink(masked),
    timeline: pseudonymous(entries, digest) as readonly JournalEntry[],
    histories,
  };
}

/** The key is forgotten with the bundle's making. */
function digestWith(key: Buffer): (text: string) => string {
  return (text) => `x${createHmac('sha256', key).update(text).digest('hex').slice(0, 12)}`;
}
