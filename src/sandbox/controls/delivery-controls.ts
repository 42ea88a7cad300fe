/** What was sent to the hooks, and sending one of them again. */
import type { FastifyInstance } from 'fastify';
import type { SandboxContext } from '../context';
import type { LoggedDelivery } from '../hooks/delivery-log';
import { controlBody, refuse, wholeNumber } from './input';

const LARGEST_ID = Number.MAX_SAFE_INTEGER;

function told({ id, at, side, event, status, uuid, record }: LoggedDelivery) {
  return { id, at, side, event, status, uuid, record };
}

export function registerDeliveryControls(app: FastifyInstance, { deliveries, sender }: SandboxContext): void {
  app.get('/sandbox/deliveries', () => ({ deliveries: deliveries.all().map(told) }));

  app.post('/sandbox/redeliver', async (request) => {
    const id = wholeNumber(controlBody(request, ['id']), 'id', { least: 1, most: LARGEST_ID });
    const delivery = deliveries.find(id);
    if (!delivery) throw refuse(`no delivery ${id}`, 404);
    const again = await sender.redeliver(delivery);
    if (!again) throw refuse(`delivery ${id} cannot be sent again: its hook or its body is gone`, 409);
    return { delivery: told(again) };
  });
}
