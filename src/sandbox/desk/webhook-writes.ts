/** Checks and writes webhook endpoints. */
import type { JsonObject } from '../bodies';
import { isJsonObject } from '../bodies';
import type { DeskWebhookEndpoint } from '../desk-records';
import { invalidField } from './errors';
import type { Written } from './requests';
import type { Writer } from './writer';
import { flagAt, itemsAt, textAt, wordAt } from './written-values';

export type EndpointFields = Partial<Omit<DeskWebhookEndpoint, 'id'>>;

/** The fields that were given; lists of events and inboxes replace those of before. */
export function endpointFieldsIn({ record, included }: Written): EndpointFields {
  const url = textAt(record, 'url');
  if (url !== undefined && !isHttpUrl(url)) throw invalidField('url', 'must be a valid url');
  const token = textAt(record, 'token');
  const contentType = textAt(record, 'contentType');
  const state = wordAt(record, 'state', ['active', 'inactive']);
  const allInboxes = flagAt(record, 'allInboxes');
  const allEvents = flagAt(record, 'allEvents');
  const events = Array.isArray(included.webhookendpointevents) ? eventsIn(included) : undefined;
  const inboxes = Array.isArray(included.webhookendpointinboxes) ? inboxesIn(included) : undefined;
  return {
    ...(url !== undefined && { url }),
    ...(token !== undefined && { token }),
    ...(contentType !== undefined && { contentType }),
    ...(state && switched(state === 'active')),
    ...(allInboxes !== undefined && { allInboxes }),
    ...(allEvents !== undefined && { allEvents }),
    ...(events && { events }),
    ...(inboxes && { inboxes }),
  };
}

/** Switched on again, an endpoint begins its count of lost events anew. */
function switched(on: boolean): EndpointFields {
  return on ? { switchedOff: false, lostEvents: 0 } : { switchedOff: true };
}

function isHttpUrl(text: string): boolean {
  return /^https?:\/\/\S+$/i.test(text) && URL.canParse(text);
}

function eventsIn(included: JsonObject): string[] {
  return itemsAt(included, 'webhookendpointevents').map(({ place, values }) => {
    const code = textAt(values, 'code', `${place}.code`) ?? '';
    if (code === '') throw invalidField(`${place}.code`, 'must be set');
    return code;
  });
}

function inboxesIn(included: JsonObject): number[] {
  return itemsAt(included, 'webhookendpointinboxes').map(({ place, values }) => {
    const id = isJsonObject(values.inbox) ? values.inbox.id : undefined;
    if (typeof id !== 'number') throw invalidField(`${place}.inbox`, 'must be set');
    return id;
  });
}

export function createEndpoint(writer: Writer, fields: EndpointFields): DeskWebhookEndpoint {
  const { world, author, deskUserId } = writer;
  if (fields.url === undefined) throw invalidField('url', 'must be set');
  const now = world.now();
  return world.tables.deskWebhookEndpoints.insert(
    {
      url: fields.url,
      token: '',
      contentType: 'application/json',
      allInboxes: false,
      allEvents: false,
      events: [],
      inboxes: [],
      switchedOff: false,
      lostEvents: 0,
      state: 'active',
      createdAt: now,
      createdBy: deskUserId,
      updatedAt: now,
      updatedBy: deskUserId,
      deletedAt: null,
      deletedBy: null,
      ...fields,
    },
    author,
  );
}
