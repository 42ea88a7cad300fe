/** The hooks of both sides as the sender sees them: where to, which events, whether they are on. */
import type { Side } from '../settings';
import type { Author } from '../table';
import type { World } from '../world';

export interface Hook {
  readonly side: Side;
  readonly id: number;
  readonly url: string;
  /** Signs the bodies; '' for none. */
  readonly secret: string;
  readonly format: 'json' | 'form' | 'legacy';
  readonly isOn: boolean;
  wants(event: string): boolean;
}

/** A hook is switched off when it has lost this many events. */
const MOST_DROPPED = 3;

export const HOOK_TABLES: ReadonlySet<string> = new Set([
  'teamworkWebhooks',
  'deskWebhookEndpoints',
  'settings',
]);

function isJson(contentType: string): boolean {
  return /\bjson\b/i.test(contentType);
}

function teamworkHook(world: World, id: number): Hook | null {
  const row = world.tables.teamworkWebhooks.get(id);
  if (!row) return null;
  return {
    side: 'teamwork',
    id,
    url: row.url,
    secret: row.token,
    format: row.version === '1' ? 'legacy' : isJson(row.contentType) ? 'json' : 'form',
    isOn: row.status === 'ACTIVE' && world.settings().teamworkWebhooksEnabled,
    wants: (event) => row.event === event,
  };
}

function deskHook(world: World, id: number): Hook | null {
  const row = world.tables.deskWebhookEndpoints.get(id);
  if (row?.state !== 'active') return null;
  return {
    side: 'desk',
    id,
    url: row.url,
    secret: row.token,
    format: isJson(row.contentType) ? 'json' : 'form',
    isOn: !row.switchedOff,
    wants: (event) => row.allEvents || row.events.includes(event),
  };
}

/** The hook of this id; null where it was removed. */
export function hookOf(world: World, side: Side, id: number): Hook | null {
  return side === 'teamwork' ? teamworkHook(world, id) : deskHook(world, id);
}

/** The hooks that are on. */
export function openHooks(world: World): Hook[] {
  const { teamworkWebhooks, deskWebhookEndpoints } = world.tables;
  return [
    ...[...teamworkWebhooks.all()].map(({ id }) => teamworkHook(world, id)),
    ...[...deskWebhookEndpoints.all()].map(({ id }) => deskHook(world, id)),
  ].filter((hook) => hook?.isOn === true) as Hook[];
}

/** Counts an event that the hook never got; the third switches it off. */
export function noteLostEvent(world: World, { side, id }: Hook): void {
  const author: Author = { token: null, cause: 'hook unanswered' };
  const { teamworkWebhooks, deskWebhookEndpoints } = world.tables;
  const row = side === 'teamwork' ? teamworkWebhooks.get(id) : deskWebhookEndpoints.get(id);
  if (!row) return;
  const lostEvents = row.lostEvents + 1;
  const off = lostEvents >= MOST_DROPPED;
  if (side === 'teamwork')
    teamworkWebhooks.update(id, { lostEvents, ...(off && { status: 'PAUSED' }) }, author);
  else deskWebhookEndpoints.update(id, { lostEvents, ...(off && { switchedOff: true }) }, author);
}
