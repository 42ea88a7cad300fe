/** The sandbox's own controls under /sandbox: no credential, and any fault in them is answered 4xx with `error`. */
import type { FastifyInstance } from 'fastify';
import { Readable } from 'node:stream';
import type { SandboxContext } from '../context';
import { customerFromTicket, mergeCustomers } from '../desk/customers';
import type { SeedSize } from '../seed/size';
import { DEFAULT_SIZE, MOST_COMPANIES, MOST_PEOPLE, SCENARIOS } from '../seed/size';
import { registerDeliveryControls } from './delivery-controls';
import { registerFaultControls } from './fault-controls';
import { controlBody, isGiven, oneOf, refuse, text, wholeNumber } from './input';
import { registerSettingControls } from './setting-controls';
import { counts, truth } from './truth';

const LARGEST_ID = Number.MAX_SAFE_INTEGER;
const LARGEST_SEED = 4_294_967_295;

export function registerControls(app: FastifyInstance, ctx: SandboxContext): void {
  registerFaultControls(app, ctx);
  registerSettingControls(app, ctx);
  registerDeliveryControls(app, ctx);

  app.post('/sandbox/reset', (request) => {
    const body = controlBody(request, ['seed', 'companies', 'people', 'scenario']);
    const number = (key: 'seed' | 'companies' | 'people', most: number) =>
      isGiven(body, key) ? wholeNumber(body, key, { least: 0, most }) : DEFAULT_SIZE[key];
    const size: SeedSize = {
      seed: number('seed', LARGEST_SEED),
      companies: number('companies', MOST_COMPANIES),
      people: number('people', MOST_PEOPLE),
      scenario: isGiven(body, 'scenario') ? oneOf(body, 'scenario', SCENARIOS) : DEFAULT_SIZE.scenario,
    };
    if (size.people > 0 && size.companies === 0)
      throw refuse('people need companies: companies must not be 0');
    ctx.reset(size);
    return size;
  });

  app.get<{ Querystring: { since?: string | string[] } }>('/sandbox/calls', (request) => {
    const { since = '0' } = request.query;
    if (typeof since !== 'string' || !/^\d{1,15}$/.test(since)) throw refuse('since must be a whole number');
    return { calls: ctx.calls.since(Number(since)) };
  });

  app.post('/sandbox/tickets', (request) => {
    const body = controlBody(request, ['email', 'name']);
    const name = isGiven(body, 'name') ? text(body, 'name') : undefined;
    return { customerId: customerFromTicket(ctx.world, { email: text(body, 'email'), name }).id };
  });

  app.post('/sandbox/merge-customers', (request) => {
    const body = controlBody(request, ['primary', 'secondary']);
    const id = (key: string) => wholeNumber(body, key, { least: 1, most: LARGEST_ID });
    return { customerId: mergeCustomers(ctx.world, id('primary'), id('secondary')).id };
  });

  app.get('/sandbox/counts', () => counts(ctx));

  app.get('/sandbox/truth', (_request, reply) =>
    reply.type('application/json; charset=utf-8').send(Readable.from(truth(ctx))),
  );
}
