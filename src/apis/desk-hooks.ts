/** Desk's webhook endpoints: one carries all the events that we want. */
import { z } from 'zod';
import type { HookApi, HookRegistration } from '../ports/hooks';
import { notUnderstood, type Call } from './call';
import type { Answer } from './http';
import { rowsIn, type Caller } from './resource';
import { flag, problemOf, recordId, references } from './wire-values';

const wanted = ['customer.created', 'customer.edited', 'customer.deleted'];

const listed = z.object({
  id: recordId,
  url: z.string(),
  state: z.string().nullish(),
  allEvents: flag,
  webhookendpointevents: references,
});
const event = z.object({ id: recordId, code: z.string() });
const made = z.object({ webhookendpoint: z.object({ id: recordId }) });

/** More endpoints than anybody has. */
const largestPage = 100;

export function deskHooks(caller: Caller): HookApi {
  const { side, http } = caller;
  return {
    wanted: [wanted],
    allow: null,

    async list(permit) {
      const call: Call = {
        method: 'GET',
        path: '/webhookendpoints.json',
        query: { pageSize: String(largestPage), includes: 'webhookendpointevents' },
      };
      const answer = await http(permit, call);
      const endpoints = z.array(listed).safeParse(rowsIn(caller, call, answer, 'webhookendpoints'));
      if (!endpoints.success) throw notUnderstood(side, call, answer.status, problemOf(endpoints.error));
      const codes = codesIn(answer);
      return endpoints.data.map(({ id, url, state, allEvents, webhookendpointevents }) => ({
        id,
        url,
        events:
          allEvents === true
            ? wanted
            : (webhookendpointevents ?? []).flatMap((one) => codes.get(one.id) ?? []),
        on: state === undefined || state === null || state === 'active',
      }));
    },

    async register(permit, registration) {
      const call: Call = { method: 'POST', path: '/webhookendpoints.json', body: bodyOf(registration) };
      const { body, status } = await http(permit, call);
      const endpoint = made.safeParse(body);
      if (!endpoint.success) throw notUnderstood(side, call, status, problemOf(endpoint.error));
      return endpoint.data.webhookendpoint.id;
    },

    async change(permit, id, registration) {
      await http(permit, {
        method: 'PATCH',
        path: `/webhookendpoints/${id}.json`,
        body: bodyOf(registration),
      });
    },

    async switchOff(permit, { id }) {
      const body = { webhookendpoint: { state: 'inactive' } };
      await http(permit, { method: 'PATCH', path: `/webhookendpoints/${id}.json`, body });
    },
  };
}

/** Codes of events by their rows' ids, as the answer includes them. */
function codesIn({ body: { included } }: Answer): Map<string, string> {
  const rows = z
    .object({ webhookendpointevents: z.array(event).nullish() })
    .nullish()
    .catch(null)
    .parse(included);
  return new Map((rows?.webhookendpointevents ?? []).map(({ id, code }) => [id, code]));
}

function bodyOf({ url, events, secret }: HookRegistration) {
  return {
    webhookendpoint: {
      url,
      token: secret,
      allInboxes: true,
      allEvents: false,
      contentType: 'application/json',
      state: 'active',
    },
    included: { webhookendpointevents: events.map((code) => ({ code })) },
  };
}
