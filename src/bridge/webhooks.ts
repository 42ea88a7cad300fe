/** Where the vendors' hooks arrive: verified, committed, acknowledged; what follows comes after the answer. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { sides, type Side } from '../domain/record';
import { dialects, readDelivery } from './delivery';
import type { Figures } from './figures';
import { inTime, type Recorder } from './recorder';
import type { Secrets } from './secrets';
import { isSigned } from './signature';
import { readSiteName } from '../site-forms';

export interface WebhookPorts {
  readonly secrets: Secrets;
  readonly recorder: Recorder;
  readonly figures: Figures;
  /** Told after a delivery was acknowledged that something waits. */
  readonly poke: () => void;
}

/** The largest body that a vendor sends is far below. */
export const largestBody = 256 * 1024;
const retryAfterSeconds = 5;

interface ToSite {
  Params: { site: string };
}

export function webhookRoutes(app: FastifyInstance, ports: WebhookPorts): void {
  for (const side of sides) {
    void app.register((own, _options, done) => {
      routeOf(own, side, ports);
      done();
    });
  }
}

function routeOf(app: FastifyInstance, side: Side, { secrets, recorder, figures, poke }: WebhookPorts): void {
  const { contentTypes, signatureHeader } = dialects[side];
  app.removeAllContentTypeParsers();
  app.addContentTypeParser(
    [...contentTypes],
    { parseAs: 'buffer', bodyLimit: largestBody },
    (_request, body, done) => done(null, body),
  );

  /** The connection goes too: the rest of a refused body is not waited for. */
  const refuse = (reply: FastifyReply, status: number, problem: string) => {
    figures.count(side, status === 401 ? 'not_signed' : 'refused');
    return reply.code(status).header('connection', 'close').send({ problem });
  };
  const notSigned = (reply: FastifyReply) =>
    refuse(reply, 401, 'The delivery does not carry the signature of a webhook of this site.');

  app.setErrorHandler((error: { statusCode?: number }, _request, reply) => {
    const status = error.statusCode ?? 500;
    if (status >= 400 && status < 500)
      return refuse(reply, status, problems[status] ?? 'The request is not one that a webhook makes.');
    return unavailable(reply);
  });

  const unavailable = (reply: FastifyReply) => {
    figures.count(side, 'unavailable');
    return reply
      .code(503)
      .header('retry-after', String(retryAfterSeconds))
      .send({ problem: 'The delivery could not be kept; send it again.' });
  };

  app.addHook('onRequest', (request, reply, next) => {
    if (request.headers['content-encoding'] !== undefined) {
      void refuse(reply, 415, 'Bodies are taken as they are, without a content encoding.');
    } else if (request.headers[signatureHeader] === undefined) void notSigned(reply);
    else next();
  });

  app.post<ToSite>(`/webhooks/:site/${side}`, async (request, reply) => {
    const { site } = request.params;
    // Anybody can ask for anything here: what no site is called is not looked for.
    if ('problem' in readSiteName(site)) return notSigned(reply);
    const body = bytesOf(request);
    const signature = request.headers[signatureHeader];
    if (!(await inTime(secrets.fit(site, side, (secret) => isSigned(body, signature, secret))))) {
      return notSigned(reply);
    }
    const contentType = request.headers['content-type'] ?? '';
    const delivery = readDelivery(side, { headers: request.headers, contentType, body });
    if ('problem' in delivery) return refuse(reply, 400, delivery.problem);
    const kept = await inTime(recorder.keep(site, delivery));
    figures.count(side, kept);
    reply.raw.once('finish', poke);
    return reply.send({ delivery: kept });
  });
}

const problems: Readonly<Partial<Record<number, string>>> = {
  413: `The body is larger than ${largestBody / 1024} KiB.`,
  415: 'The body is of a type that this webhook does not send.',
};

/** Without a body there is none to parse. */
function bytesOf({ body }: FastifyRequest): Buffer {
  return Buffer.isBuffer(body) ? body : Buffer.alloc(0);
}
