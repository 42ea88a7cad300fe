/** What a webhook was sent, newest first, and sending one of them again (v1, for site administrators only). */
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { JsonObject } from '../bodies';
import { jsonBodyOf } from '../bodies';
import type { SandboxContext } from '../context';
import { headersOf } from '../hooks/delivery';
import type { LoggedDelivery } from '../hooks/delivery-log';
import type { TeamworkWebhook } from '../teamwork-records';
import { requireAdmin } from './access';
import { v1Refusal } from './errors';

interface ById {
  Params: { id: string };
}

const LONGEST_LIST = 100;

function view(hook: TeamworkWebhook, entry: LoggedDelivery): JsonObject {
  const headers = Object.entries(headersOf(entry, hook.token)).map(([name, value]) => [name, [value]]);
  return {
    id: String(hook.id),
    uuid: entry.uuid,
    event: entry.event,
    version: hook.version,
    url: hook.url,
    dateCalled: entry.at.replace(/\.\d+Z$/, 'Z'),
    request: {
      headers: JSON.stringify(Object.fromEntries(headers), null, 4),
      body: entry.body,
      error: entry.status === 0 ? 'no answer' : '',
    },
    response: { headers: '', code: String(entry.status), body: '' },
  };
}

export function registerWebhookDeliveries(app: FastifyInstance, ctx: SandboxContext): void {
  function found(request: FastifyRequest<ById>): TeamworkWebhook {
    requireAdmin(request);
    const row = ctx.world.tables.teamworkWebhooks.get(Number(request.params.id));
    if (!row) throw v1Refusal(404, 'Webhook not found');
    return row;
  }

  /** Newest first; what the sandbox lost on purpose is unknown to the vendor. */
  function sentTo({ id }: TeamworkWebhook): LoggedDelivery[] {
    return ctx.deliveries
      .all()
      .filter((entry) => entry.side === 'teamwork' && entry.hook === id && entry.status !== 'dropped')
      .reverse();
  }

  // The old specification prints this path without /webhooks, and /webhook in the other.
  for (const path of ['/webhooks/:id(^\\d+)/deliveries.json', '/:id(^\\d+)/deliveries.json']) {
    app.get<ById>(path, (request) => {
      const hook = found(request);
      const entries = sentTo(hook).slice(0, LONGEST_LIST);
      return { STATUS: 'OK', deliveries: entries.map((entry) => view(hook, entry)) };
    });
  }

  for (const path of ['/webhooks/:id(^\\d+)/redeliver.json', '/webhook/:id(^\\d+)/redeliver.json']) {
    app.post<ById>(path, (request) => {
      const uuid = jsonBodyOf(request)?.uuid;
      const entry = sentTo(found(request)).find((one) => one.uuid === uuid);
      if (!entry) throw v1Refusal(404, 'Delivery not found');
      void ctx.sender.redeliver(entry);
      return { STATUS: 'OK' };
    });
  }
}
