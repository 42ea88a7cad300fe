/** /desk/v1/webhooks: the older way to register an endpoint; the endpoints are the same as v2's. */
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { JsonObject } from '../bodies';
import { bytesOf, jsonBodyOf } from '../bodies';
import type { SandboxContext } from '../context';
import { requireReadableContentType } from './content-type';
import { invalidField, notFound } from './errors';
import { idOf, mayWrite } from './requests';
import { ID } from './resource';
import { deletion, isActive } from './rows';
import { createEndpoint, endpointFieldsIn } from './webhook-writes';
import { flagAt } from './written-values';
import { writerOf } from './writer';

function bodyIn(request: FastifyRequest): JsonObject {
  const body = jsonBodyOf(request);
  if (!body) throw invalidField('body', bytesOf(request).length === 0 ? 'must be set' : 'must be valid JSON');
  return body;
}

/** v1's plain body as v2 would have it. */
function writtenAsV2(body: JsonObject) {
  const list = (key: string): readonly unknown[] => {
    const values: unknown = body[key] ?? [];
    if (!Array.isArray(values)) throw invalidField(key, 'must be an array');
    return values;
  };
  const active = flagAt(body, 'active') ?? true;
  return {
    body,
    record: { ...body, state: active ? 'active' : 'inactive' },
    included: {
      webhookendpointevents: list('events').map((code) => ({ code })),
      webhookendpointinboxes: list('inboxes').map((id) => ({ inbox: { id } })),
    },
  };
}

export function registerV1Webhooks(app: FastifyInstance, ctx: SandboxContext): void {
  const { deskWebhookEndpoints } = ctx.world.tables;
  requireReadableContentType(app);

  app.post('/webhooks.json', (request, reply) => {
    mayWrite(request);
    const fields = endpointFieldsIn(writtenAsV2(bodyIn(request)));
    const { id } = createEndpoint(writerOf(request, ctx), fields);
    return reply.status(201).send({ id });
  });

  app.delete(`/webhooks/${ID}`, (request) => {
    mayWrite(request);
    const id = idOf(request);
    const endpoint = deskWebhookEndpoints.get(id);
    if (!endpoint || !isActive(endpoint)) throw notFound('webhook', id);
    const { world, author, deskUserId } = writerOf(request, ctx);
    deskWebhookEndpoints.update(id, deletion(world.now(), deskUserId), author, 'deleted');
    return { id };
  });
}
