/** Teamwork.com's webhooks (v1): one registration per event, for site administrators, on paid plans. */
import { z } from 'zod';
import type { HookApi, HookRegistration } from '../ports/hooks';
import { notUnderstood, type Call } from './call';
import { rowsIn, type Caller } from './resource';
import { problemOf, recordId } from './wire-values';

const families = ['COMPANY', 'USER'];
const verbs = ['CREATED', 'UPDATED', 'DELETED'];

const listed = z.object({ id: recordId, event: z.string(), status: z.string(), url: z.string() });
const made = z.object({ id: recordId });

export function teamworkHooks(caller: Caller): HookApi {
  const { side, http } = caller;
  return {
    wanted: families.flatMap((family) => verbs.map((verb) => [`${family}.${verb}`])),

    async allow(permit) {
      await http(permit, { method: 'PUT', path: '/webhooks/enable.json' });
    },

    async list(permit) {
      const call: Call = { method: 'GET', path: '/webhooks.json' };
      const answer = await http(permit, call);
      const hooks = z.array(listed).safeParse(rowsIn(caller, call, answer, 'webhooks'));
      if (!hooks.success) throw notUnderstood(side, call, answer.status, problemOf(hooks.error));
      return hooks.data.map(({ id, event, status, url }) => ({
        id,
        url,
        events: [event.toUpperCase()],
        on: status.toUpperCase() === 'ACTIVE',
      }));
    },

    async register(permit, registration) {
      const call: Call = { method: 'POST', path: '/webhooks.json', body: bodyOf(registration) };
      const { body, status } = await http(permit, call);
      const hook = made.safeParse(body);
      if (!hook.success) throw notUnderstood(side, call, status, problemOf(hook.error));
      return hook.data.id;
    },

    async change(permit, id, registration) {
      await http(permit, { method: 'PUT', path: `/webhooks/${id}.json`, body: bodyOf(registration) });
    },

    async switchOff(permit, { id }) {
      await http(permit, { method: 'PUT', path: `/webhooks/${id}/pause.json` });
    },
  };
}

function bodyOf({ url, events: [event], secret }: HookRegistration) {
  return {
    webhook: { event, url, version: '2', contentType: 'application/json', token: secret, status: 'ACTIVE' },
  };
}
