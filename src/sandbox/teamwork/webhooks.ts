/** Registering webhooks (v1), for site administrators only. */
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { JsonObject } from '../bodies';
import { isJsonObject, jsonBodyOf } from '../bodies';
import type { SandboxContext } from '../context';
import { authorOf } from '../context';
import type { TeamworkWebhook } from '../teamwork-records';
import { requireAdmin } from './access';
import { InvalidData, v1Refusal } from './errors';
import { WEBHOOK_EVENTS } from './webhook-events';

interface ById {
  Params: { id: string };
}

const OK = { STATUS: 'OK' };
const FORM = 'application/x-www-form-urlencoded';

function view(row: TeamworkWebhook): JsonObject {
  return { id: String(row.id), event: row.event, status: row.status, url: row.url, validated: '1' };
}

function eventIn(body: JsonObject): string {
  const { event } = body;
  if (typeof event !== 'string' || !WEBHOOK_EVENTS.includes(event.toUpperCase())) {
    throw new InvalidData('invalid', 'event is not a webhook event');
  }
  return event.toUpperCase();
}

function urlIn(body: JsonObject): string {
  const { url } = body;
  if (typeof url !== 'string' || !/^https?:\/\//i.test(url) || !URL.canParse(url)) {
    throw new InvalidData('invalid', 'url must be an http address');
  }
  return url;
}

function text(value: unknown, otherwise: string): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : otherwise;
}

function statusIn(body: JsonObject, otherwise: TeamworkWebhook['status']): TeamworkWebhook['status'] {
  const { status } = body;
  if (status === undefined || status === null) return otherwise;
  if (status !== 'ACTIVE' && status !== 'PAUSED')
    throw new InvalidData('invalid', 'status must be ACTIVE or PAUSED');
  return status;
}

/** Switched on again, a hook begins its count of lost events anew. */
function standing(status: TeamworkWebhook['status']) {
  return status === 'ACTIVE' ? { status, lostEvents: 0 } : { status };
}

export function registerWebhooks(app: FastifyInstance, ctx: SandboxContext): void {
  const { teamworkWebhooks: hooks } = ctx.world.tables;

  function found(request: FastifyRequest<ById>): TeamworkWebhook {
    const row = hooks.get(Number(request.params.id));
    if (!row) throw v1Refusal(404, 'Webhook not found');
    return row;
  }

  function webhookIn(request: FastifyRequest): JsonObject {
    const webhook = jsonBodyOf(request)?.webhook;
    if (!isJsonObject(webhook)) throw v1Refusal(422, 'webhook is required');
    return webhook;
  }

  for (const [verb, teamworkWebhooksEnabled] of [
    ['enable', true],
    ['disable', false],
  ] as const) {
    app.put(`/webhooks/${verb}.json`, (request) => {
      requireAdmin(request);
      ctx.world.tables.settings.update(1, { teamworkWebhooksEnabled }, authorOf(request));
      return OK;
    });
  }

  app.get('/webhooks/events.json', (request) => {
    requireAdmin(request);
    return { ...OK, events: WEBHOOK_EVENTS.map((name, index) => ({ id: String(index + 1), name })) };
  });

  app.get('/webhooks.json', (request) => {
    requireAdmin(request);
    return { ...OK, webhooks: [...hooks.all()].map(view) };
  });

  app.get<ById>('/webhooks/:id(^\\d+).json', (request) => {
    requireAdmin(request);
    return { ...OK, webhook: view(found(request)) };
  });

  app.post('/webhooks.json', (request, reply) => {
    const caller = requireAdmin(request);
    const body = webhookIn(request);
    const row = hooks.insert(
      {
        event: eventIn(body),
        url: urlIn(body),
        version: text(body.version, '2'),
        contentType: text(body.contentType, FORM),
        token: text(body.token, ''),
        status: statusIn(body, 'ACTIVE'),
        lostEvents: 0,
        createdBy: caller.teamworkUserId,
      },
      authorOf(request),
    );
    return reply.status(201).send({ ...OK, id: row.id });
  });

  app.put<ById>('/webhooks/:id(^\\d+).json', (request) => {
    requireAdmin(request);
    const row = found(request);
    const body = webhookIn(request);
    const patch = {
      ...(body.event === undefined ? {} : { event: eventIn(body) }),
      ...(body.url === undefined ? {} : { url: urlIn(body) }),
      version: text(body.version, row.version),
      contentType: text(body.contentType, row.contentType),
      token: text(body.token, row.token),
      ...standing(statusIn(body, row.status)),
    };
    hooks.update(row.id, patch, authorOf(request));
    return OK;
  });

  app.delete<ById>('/webhooks/:id(^\\d+).json', (request) => {
    requireAdmin(request);
    hooks.remove(found(request).id, authorOf(request));
    return OK;
  });

  for (const [verb, status] of [
    ['pause', 'PAUSED'],
    ['resume', 'ACTIVE'],
  ] as const) {
    app.put<ById>(`/webhooks/:id(^\\d+)/${verb}.json`, (request) => {
      requireAdmin(request);
      hooks.update(found(request).id, standing(status), authorOf(request));
      return OK;
    });
  }
}
