/** The console as a Fastify plugin: the table of routes, each behind sign-in, role and the checks of what changes things. */
import { createHash, timingSafeEqual } from 'node:crypto';
import { Readable } from 'node:stream';
import formbody from '@fastify/formbody';
import helmet from '@fastify/helmet';
import rateLimit from '@fastify/rate-limit';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { ConnectError } from '../connect';
import { Refused } from '../refused';
import { assetRoutes } from './asset-routes';
import { sessionIn } from './cookies';
import { documentOf, fragmentOf } from './document';
import { isOwnPage } from './origin';
import { messagePage } from './pages/message';
import { mayActAs } from './roles';
import {
  FormValues,
  NotFound,
  type Answer,
  type ConsolePorts,
  type Page,
  type Route,
  type Visit,
} from './route';
import { routes } from './routes';
import { signInRoutes, tries } from './sign-in-routes';

/** `script-src` has no inline part, so a hostile name that got into a page would still not run; and one script alone makes markup. */
const contentSecurityPolicy = {
  useDefaults: false,
  directives: {
    ...{ defaultSrc: ["'none'"], scriptSrc: ["'self'"], styleSrc: ["'self'"], imgSrc: ["'self'"] },
    ...{ connectSrc: ["'self'"], formAction: ["'self'"], baseUri: ["'none'"], frameAncestors: ["'none'"] },
    objectSrc: ["'none'"],
    ...{ requireTrustedTypesFor: ["'script'"], trustedTypes: ['live-region'] },
  },
};

/** Whoever has a session that is not theirs tries passwords no faster than at the door. */
const triesOfASession = {
  ...tries,
  keyGenerator: ({ ip, headers }: FastifyRequest) => sessionIn(headers.cookie) ?? ip,
};

const year = 365 * 24 * 3600;

export async function consoleOn(app: FastifyInstance, ports: ConsolePorts): Promise<void> {
  await app.register(async (scope) => {
    await scope.register(helmet, {
      contentSecurityPolicy,
      strictTransportSecurity: { maxAge: year },
      referrerPolicy: { policy: 'same-origin' },
      xFrameOptions: { action: 'deny' },
      crossOriginEmbedderPolicy: false,
    });
    await scope.register(formbody, { bodyLimit: 64 * 1024 });
    await scope.register(rateLimit, { global: false });
    scope.setErrorHandler((error, request, reply) => answerFailure(ports, error, request, reply));
    scope.addHook('onRequest', async (request, reply) => {
      // Not awaited: a reply is done when it has been sent.
      void reply.header('cache-control', 'no-store');
      if (request.method === 'GET' || isOwnPage(request.headers)) return;
      return reply.code(403).type('text/plain').send('This form is of another site.');
    });
    // Whoever watches a page would otherwise hold a server that is to end.
    const closing = new AbortController();
    scope.addHook('preClose', (done) => {
      closing.abort();
      done();
    });
    assetRoutes(scope);
    signInRoutes(scope, ports);
    for (const route of routes) {
      scope.route({
        method: route.method,
        url: route.path,
        ...(route.takesPassword === true ? { config: { rateLimit: triesOfASession } } : {}),
        handler: (request, reply) => serve(ports, route, request, reply, closing.signal),
      });
    }
  });
}

async function serve(
  ports: ConsolePorts,
  route: Route,
  request: FastifyRequest,
  reply: FastifyReply,
  closing: AbortSignal,
): Promise<FastifyReply> {
  const token = sessionIn(request.headers.cookie);
  const session = token === null ? null : await ports.accounts.session(token);
  if (token === null || session === null) {
    return request.method === 'GET'
      ? reply.redirect('/sign-in', 303)
      : reply.code(401).redirect('/sign-in', 303);
  }
  const params = request.params as Record<string, string>;
  // Nothing has such a name, and Postgres takes no text with it.
  if (Object.values(params).some((name) => name.includes('\0'))) throw new NotFound('There is no such page.');
  const gone = new AbortController();
  reply.raw.once('close', () => gone.abort());
  const visit: Visit = {
    ports,
    user: session.user,
    session: token,
    csrf: session.csrf,
    signedInAt: session.signedInAt,
    notice: null,
    path: request.url,
    params,
    query: new FormValues(request.query as Record<string, unknown>),
    form: new FormValues((request.body ?? {}) as Record<string, unknown>),
    gone: AbortSignal.any([gone.signal, closing]),
  };
  if (!mayActAs(session.user.role, route.role)) {
    return sendPage(
      reply.code(403),
      visit,
      messagePage(
        'Not yours to do',
        `This needs the role ${route.role}; yours is ${session.user.role}. An administrator changes roles under Users.`,
      ),
    );
  }
  if (route.method === 'POST' && !sameText(visit.form.text('csrf'), session.csrf)) {
    return sendPage(
      reply.code(403),
      visit,
      messagePage(
        'Nothing was done',
        'The form is of another session. Go back, load the page again, and repeat it.',
      ),
    );
  }
  try {
    return await send(reply, visit, await route.serve(visit));
  } catch (error) {
    const said = refusalText(error);
    if (said === null) throw error;
    if (route.method === 'GET') return sendPage(reply.code(409), visit, messagePage('Not done', said));
    await ports.accounts.leaveNotice(token, `problem:${said}`);
    return reply.redirect(backFrom(request), 303);
  }
}

async function send(reply: FastifyReply, visit: Visit, answer: Answer): Promise<FastifyReply> {
  if ('page' in answer) return sendPage(reply, visit, answer.page);
  if ('file' in answer) {
    const { name, type, lines } = answer.file;
    return reply
      .type(type)
      .header('content-disposition', `attachment; filename="${name}"`)
      .send(Readable.from(lines));
  }
  if ('live' in answer) {
    return reply
      .type('text/event-stream')
      .header('x-accel-buffering', 'no')
      .send(Readable.from(events(visit, answer.live)));
  }
  if (answer.notice !== undefined)
    await visit.ports.accounts.leaveNotice(visit.session, `done:${answer.notice}`);
  if (answer.cookie !== undefined) reply.header('set-cookie', answer.cookie);
  return reply.redirect(answer.goTo, 303);
}

/** Whoever is signed out, disabled or too long here sees nothing more. */
async function* events(
  { ports, session }: Visit,
  markups: Extract<Answer, { live: unknown }>['live'],
): AsyncIterable<string> {
  for await (const markup of markups) {
    if (!(await ports.accounts.sessionLasts(session))) return;
    yield `data: ${JSON.stringify(fragmentOf(markup))}\n\n`;
  }
}

async function sendPage(reply: FastifyReply, visit: Visit, page: Page): Promise<FastifyReply> {
  const [notice, sites] = await Promise.all([
    visit.ports.accounts.takeNotice(visit.session),
    visit.ports.store.sites(),
  ]);
  return reply.type('text/html; charset=utf-8').send(documentOf({ ...visit, notice }, sites, page));
}

/** What was refused, as a sentence for whoever asked; null: it is nobody's fault but ours. */
function refusalText(error: unknown): string | null {
  if (error instanceof Refused || error instanceof ConnectError) return error.message;
  return error instanceof Error && error.name === 'NotCarriedOut' ? error.message : null;
}

/** The page that the form was on. */
function backFrom({ headers: { referer, host } }: FastifyRequest): string {
  if (referer === undefined || !URL.canParse(referer)) return '/';
  const { host: its, pathname, search } = new URL(referer);
  return its === host ? pathname + search : '/';
}

async function answerFailure(
  ports: ConsolePorts,
  error: unknown,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const status = error instanceof Error && 'statusCode' in error ? Number(error.statusCode) : 500;
  const isMissing = error instanceof NotFound;
  if (!isMissing && !(status < 500)) request.log.error({ err: error }, 'a page failed');
  const [code, text] = isMissing
    ? [404, error.message]
    : status < 500
      ? [
          status,
          status === 429
            ? 'Too many tries. Wait a minute, then try again.'
            : 'The request was not understood.',
        ]
      : [
          500,
          'Something failed here, and nothing was changed by this page. The log of the server says what; `doctor` looks into each part.',
        ];
  const token = sessionIn(request.headers.cookie);
  const session = token === null ? null : await ports.accounts.session(token).catch(() => null);
  return reply
    .code(code)
    .type('text/html; charset=utf-8')
    .send(documentOf(session, [], messagePage(code === 404 ? 'Not found' : 'Not done', text)));
}

function sameText(one: string, other: string): boolean {
  const hash = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(hash(one), hash(other));
}
