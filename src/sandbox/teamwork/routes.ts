/** The Teamwork.com API: v1 at the root, v2 and v3 under /projects/api, and its file storage. */
import type { FastifyInstance } from 'fastify';
import type { SandboxContext } from '../context';
import { registerCompaniesV1 } from './companies-v1';
import { registerCompaniesV3 } from './companies-v3';
import { registerDomains } from './domains';
import { InvalidData } from './errors';
import { registerIndustries } from './industries';
import { registerPendingFiles } from './pending-files';
import { registerPeopleV1 } from './people-v1';
import { registerPeopleV2 } from './people-v2';
import { registerPeopleV3 } from './people-v3';
import { registerPictures } from './pictures';
import { registerWebhookDeliveries } from './webhook-deliveries';
import { registerWebhooks } from './webhooks';

export function registerTeamwork(app: FastifyInstance, ctx: SandboxContext): void {
  void app.register((teamwork, _options, done) => {
    teamwork.setErrorHandler((error, request) => {
      if (!(error instanceof InvalidData)) throw error;
      throw /^\/projects\/api\/v[23]\//.test(request.url) ? error.v3() : error.v1();
    });
    registerCompaniesV3(teamwork, ctx);
    registerDomains(teamwork, ctx);
    registerPeopleV3(teamwork, ctx);
    registerPeopleV2(teamwork, ctx);
    registerCompaniesV1(teamwork, ctx);
    registerPeopleV1(teamwork, ctx);
    registerIndustries(teamwork);
    registerPendingFiles(teamwork, ctx);
    registerPictures(teamwork, ctx);
    registerWebhooks(teamwork, ctx);
    registerWebhookDeliveries(teamwork, ctx);
    done();
  });
}
