/** One thing to deliver: a body for one hook, and the headers that go with it. */
import { createHmac, randomUUID } from 'node:crypto';
import type { Side } from '../settings';
import type { World } from '../world';
import { deskPayload } from './desk-payload';
import { formOf } from './form';
import type { Hook } from './hook';
import type { News } from './news';
import { legacyFields, teamworkPayload } from './teamwork-payload';

export interface Delivery {
  readonly side: Side;
  /** The id of the hook on its side. */
  readonly hook: number;
  readonly event: string;
  readonly record: number;
  /** Stays the same when it is sent again. */
  readonly uuid: string;
  readonly isJson: boolean;
  readonly body: string;
}

function bodyOf(world: World, hook: Hook, news: News): string {
  if (hook.format === 'legacy') return new URLSearchParams(legacyFields(world, news)).toString();
  const payload = hook.side === 'teamwork' ? teamworkPayload(world, news) : deskPayload(world, news);
  return hook.format === 'json' ? JSON.stringify(payload) : formOf(payload);
}

export function deliveryOf(world: World, hook: Hook, news: News): Delivery {
  return {
    side: hook.side,
    hook: hook.id,
    event: news.event,
    record: news.record,
    uuid: randomUUID(),
    isJson: hook.format === 'json',
    body: bodyOf(world, hook, news),
  };
}

const NAMES = { teamwork: 'X-Projects', desk: 'X-Desk' } as const;
const AGENTS = { teamwork: 'projects-webhooks/sandbox', desk: 'desk-webhooks/sandbox' } as const;

export function headersOf({ side, event, uuid, isJson, body }: Delivery, secret: string) {
  const name = NAMES[side];
  const headers: Record<string, string> = {
    'Content-Type': isJson ? 'application/json' : 'application/x-www-form-urlencoded',
    'User-Agent': AGENTS[side],
    [`${name}-Delivery`]: uuid,
    [`${name}-Event`]: event,
  };
  if (secret !== '')
    headers[`${name}-Signature`] = createHmac('sha256', secret).update(body, 'utf8').digest('hex');
  return headers;
}
