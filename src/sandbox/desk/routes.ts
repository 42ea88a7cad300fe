/** The Desk API v2 under /desk/api/v2, and of v1 under /desk/v1 the webhooks. */
import type { FastifyInstance } from 'fastify';
import type { SandboxContext } from '../context';
import { registerCompanies } from './company-routes';
import { registerContacts } from './contact-routes';
import { requireReadableContentType } from './content-type';
import { registerCustomers } from './customer-routes';
import { registerSearch } from './search-routes';
import { registerUsers } from './user-routes';
import { registerV1Webhooks } from './v1-webhook-routes';
import { registerWebhookEndpoints } from './webhook-routes';

export function registerDesk(app: FastifyInstance, ctx: SandboxContext): void {
  void app.register(
    (desk, _options, done) => {
      requireReadableContentType(desk);
      registerCompanies(desk, ctx);
      registerCustomers(desk, ctx);
      registerContacts(desk, ctx);
      registerUsers(desk, ctx);
      registerSearch(desk, ctx);
      registerWebhookEndpoints(desk, ctx);
      done();
    },
    { prefix: '/desk/api/v2' },
  );
  void app.register(
    (desk, _options, done) => {
      registerV1Webhooks(desk, ctx);
      done();
    },
    { prefix: '/desk/v1' },
  );
}
