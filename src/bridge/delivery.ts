/** What a delivery says, as ids: which record, and whether it changed or went. Its content is never taken (R28). */
import { createHash } from 'node:crypto';
import type { Kind, Side } from '../domain/record';
import type { Delivery } from '../ports/deliveries';
import { formBody, jsonBody, objectIn, type Body } from './body';

export interface Dialect {
  readonly eventHeader: string;
  readonly deliveryHeader: string;
  readonly signatureHeader: string;
  /** What the vendor may send bodies as. */
  readonly contentTypes: readonly string[];
}

const json = 'application/json';
export const form = 'application/x-www-form-urlencoded';

export const dialects: Readonly<Record<Side, Dialect>> = {
  teamwork: {
    eventHeader: 'x-projects-event',
    deliveryHeader: 'x-projects-delivery',
    signatureHeader: 'x-projects-signature',
    // A hook whose registration names no type sends forms.
    contentTypes: [json, form],
  },
  desk: {
    eventHeader: 'x-desk-event',
    deliveryHeader: 'x-desk-delivery',
    signatureHeader: 'x-desk-signature',
    contentTypes: [json],
  },
};

interface Meaning {
  readonly kind: Kind;
  readonly news: 'changed' | 'deleted';
  /** Under which the body has the record; a deletion has its id alone. */
  readonly root: string;
}

/** Null: it says nothing to the engine. */
function meaningOf(side: Side, event: string): Meaning | null {
  const known =
    side === 'teamwork'
      ? /^(company|user)\.(created|updated|deleted)$/i
      : /^(customer)\.(created|edited|updated|deleted)$/i;
  const [, root, verb] = known.exec(event) ?? [];
  if (root === undefined || verb === undefined) return null;
  return {
    kind: root.toLowerCase() === 'company' ? 'company' : 'customer',
    news: verb.toLowerCase() === 'deleted' ? 'deleted' : 'changed',
    root: root.toLowerCase(),
  };
}

export interface Posted {
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly contentType: string;
  readonly body: Buffer;
}

/** A problem in words for the sender, without anything of the body. */
export function readDelivery(side: Side, posted: Posted): Delivery | { readonly problem: string } {
  const { eventHeader, deliveryHeader } = dialects[side];
  const event = wordIn(posted, eventHeader);
  const delivery = wordIn(posted, deliveryHeader);
  if (event === null) return { problem: `The header ${eventHeader} is missing or not one word.` };
  if (delivery === null) return { problem: `The header ${deliveryHeader} is missing or not one word.` };

  const isForm = posted.contentType.toLowerCase().startsWith(form);
  const body = isForm ? formBody(posted.body) : jsonBody(posted.body);
  if (body === null)
    return { problem: `The body is not ${isForm ? 'a form' : 'a JSON object'} as a webhook sends it.` };

  const bodyHash = createHash('sha256').update(posted.body).digest('hex');
  const meaning = meaningOf(side, event);
  if (meaning === null) return { side, delivery, event, about: null, bodyHash };
  const id = idIn(objectIn(body.get(meaning.root))) ?? idIn(body);
  if (id === null) return { problem: `The body names no ${meaning.root} by its id.` };
  const { kind, news } = meaning;
  return { side, delivery, event, about: { kind, id, news }, bodyHash };
}

function wordIn({ headers }: Posted, name: string): string | null {
  const value = headers[name];
  return typeof value === 'string' && /^[\x21-\x7e]{1,100}$/.test(value) ? value : null;
}

function idIn(body: Body | null): string | null {
  const id = body?.get('id');
  if (typeof id === 'number') return Number.isSafeInteger(id) && id > 0 ? String(id) : null;
  return typeof id === 'string' && /^[1-9]\d{0,17}$/.test(id) ? id : null;
}
