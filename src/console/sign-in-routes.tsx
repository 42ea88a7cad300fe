/** The routes that need no session: signing in by password or by a one-time link. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { browserNamed } from './browser-name';
import { sessionCookie, sessionIn } from './cookies';
import { documentOf } from './document';
import { linkPage, signInPage, usedLinkPage } from './pages/sign-in';
import { isPassword } from './passwords';
import { FormValues, type ConsolePorts, type Page } from './route';

/** Guessing is slow: so many tries a minute from one address for one name. */
export const tries = { max: 10, timeWindow: '1 minute' } as const;

type Way = 'password' | 'link';

/** Names and addresses stay out of the log: people type their password where the name belongs. */
function refused({ log }: FastifyRequest, by: Way): void {
  log.warn({ by }, 'a sign-in was refused');
}

export function signInRoutes(app: FastifyInstance, { accounts }: Pick<ConsolePorts, 'accounts'>): void {
  const html = (reply: FastifyReply, page: Page) =>
    reply.type('text/html; charset=utf-8').send(documentOf(null, [], page));
  const enter = async ({ headers, log }: FastifyRequest, reply: FastifyReply, by: Way, user: number) => {
    log.info({ user, by }, 'somebody signed in');
    const token = await accounts.openSession(user, browserNamed(headers['user-agent']));
    return reply.header('set-cookie', sessionCookie(token)).redirect('/', 303);
  };

  app.get('/sign-in', async (request, reply) => {
    const token = sessionIn(request.headers.cookie);
    if (token !== null && (await accounts.session(token)) !== null) return reply.redirect('/', 303);
    return html(reply, signInPage(null));
  });

  app.post(
    '/sign-in',
    {
      config: {
        rateLimit: {
          ...tries,
          hook: 'preHandler',
          keyGenerator: ({ ip, body }) => `${ip} ${formOf(body).text('name').toLowerCase()}`,
        },
      },
    },
    async (request, reply) => {
      const form = formOf(request.body);
      const found = await accounts.passwordOf(form.text('name'));
      const [password = ''] = form.all('password');
      const fits = await isPassword(password, found?.password ?? null);
      if (found === null || !fits) {
        refused(request, 'password');
        return html(reply.code(401), signInPage(form.text('name')));
      }
      return enter(request, reply, 'password', found.user.id);
    },
  );

  app.get<{ Params: { token: string } }>('/sign-in/:token', async (request, reply) => {
    const user = await accounts.linkFor(request.params.token);
    return user === null ? html(reply.code(410), usedLinkPage()) : html(reply, linkPage(user));
  });

  // Not by GET: what only looks at a link, such as a mail's preview, does not use it up.
  // Its token cannot be guessed, so tries are not counted.
  app.post<{ Params: { token: string } }>('/sign-in/:token', async (request, reply) => {
    const user = await accounts.useLink(request.params.token);
    if (user !== null) return enter(request, reply, 'link', user.id);
    refused(request, 'link');
    return html(reply.code(410), usedLinkPage());
  });
}

function formOf(body: unknown): FormValues {
  return new FormValues((body ?? {}) as Record<string, unknown>);
}
