/** /webhookendpoints: where Desk sends its events, with the events and inboxes chosen for each. */
import type { FastifyInstance } from 'fastify';
import type { JsonObject } from '../bodies';
import type { SandboxContext } from '../context';
import type { DeskWebhookEndpoint } from '../desk-records';
import type { World } from '../world';
import { byId, own, stampFields, textFields } from './fields';
import { mayWrite, writtenIn } from './requests';
import type { Resource } from './resource';
import { ID, oneAnswer, registerReads, rowOf } from './resource';
import { deletion, isActive, references, stampsOf } from './rows';
import { edited, writerOf } from './writer';
import { createEndpoint, endpointFieldsIn } from './webhook-writes';

/** Events and inboxes have no rows of their own here; their ids come from the endpoint's. */
function eventRecords(endpoint: DeskWebhookEndpoint) {
  return endpoint.events.map((code, index) => ({ id: endpoint.id * 1000 + index + 1, code }));
}

function inboxRecords(endpoint: DeskWebhookEndpoint) {
  return endpoint.inboxes.map((id, index) => ({
    id: endpoint.id * 1000 + index + 1,
    inbox: { id, type: 'inboxes' },
  }));
}

function stateOf(endpoint: DeskWebhookEndpoint): string {
  return isActive(endpoint) && endpoint.switchedOff ? 'inactive' : endpoint.state;
}

function endpointRecord(endpoint: DeskWebhookEndpoint): JsonObject {
  return {
    id: endpoint.id,
    url: endpoint.url,
    token: endpoint.token,
    allInboxes: endpoint.allInboxes,
    allEvents: endpoint.allEvents,
    contentType: endpoint.contentType,
    webhookendpointevents: references('webhookendpointevents', eventRecords(endpoint)),
    webhookendpointinboxes: references('webhookendpointinboxes', inboxRecords(endpoint)),
    ...stampsOf(endpoint),
    state: stateOf(endpoint),
  };
}

function endpointResource(world: World): Resource<DeskWebhookEndpoint> {
  const { deskWebhookEndpoints } = world.tables;
  const oneById = byId(deskWebhookEndpoints);
  return {
    singular: 'webhookendpoint',
    plural: 'webhookendpoints',
    table: deskWebhookEndpoints,
    fields: new Map([
      ...stampFields<DeskWebhookEndpoint>(),
      ...textFields<DeskWebhookEndpoint, 'url' | 'contentType'>(['url', 'contentType']),
      ['state', own<DeskWebhookEndpoint>('text', stateOf)],
      ['allEvents', own<DeskWebhookEndpoint>('flag', (row) => row.allEvents)],
      ['allInboxes', own<DeskWebhookEndpoint>('flag', (row) => row.allInboxes)],
    ]),
    lookUps: new Map([['id', oneById]]),
    record: endpointRecord,
    included: (rows) => ({
      webhookendpointevents: () => rows.flatMap(eventRecords),
      webhookendpointinboxes: () => rows.flatMap(inboxRecords),
    }),
  };
}

export function registerWebhookEndpoints(app: FastifyInstance, ctx: SandboxContext): void {
  const { deskWebhookEndpoints } = ctx.world.tables;
  const endpoints = endpointResource(ctx.world);
  registerReads(app, ctx, endpoints);

  app.post('/webhookendpoints.json', (request, reply) => {
    mayWrite(request);
    const fields = endpointFieldsIn(writtenIn(request, 'webhookendpoint'));
    const created = createEndpoint(writerOf(request, ctx), fields);
    return reply.status(201).send(oneAnswer(endpoints, created, request));
  });

  app.route({
    method: ['PUT', 'PATCH'],
    url: `/webhookendpoints/${ID}`,
    handler: (request) => {
      mayWrite(request);
      const { id } = rowOf(endpoints, request);
      const writer = writerOf(request, ctx);
      const fields = { ...endpointFieldsIn(writtenIn(request, 'webhookendpoint')), ...edited(writer) };
      return oneAnswer(endpoints, deskWebhookEndpoints.update(id, fields, writer.author), request);
    },
  });

  app.delete(`/webhookendpoints/${ID}`, (request) => {
    mayWrite(request);
    const { id } = rowOf(endpoints, request);
    const { world, author, deskUserId } = writerOf(request, ctx);
    deskWebhookEndpoints.update(id, deletion(world.now(), deskUserId), author, 'deleted');
    return { webhookendpoint: { id, type: 'webhookendpoints' } };
  });
}
