/** What every vendor call goes through before and after its route: credential, limit, faults, latency, call log. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { bodyTaken } from './body-faults';
import { setTimeout as delay } from 'node:timers/promises';
import { callerBehind, knownToken } from './authenticate';
import type { RefuseFunction, SandboxContext } from './context';
import { sideOf } from './context';
import type { Fault } from './faults';
import { emptied } from './listing';
import type { Allowance } from './rate-limit';
import { rateHeaders } from './rate-headers';
import type { Side } from './settings';

/** One vendor call on its way. */
interface Passage {
  readonly side: Side;
  readonly token: string | null;
  readonly arrivedAtMs: number;
  fault: Fault | null;
  logged: boolean;
}

declare module 'fastify' {
  interface FastifyRequest {
    passage: Passage | null;
  }
}

interface PipelineOptions {
  readonly latencyMs: number;
  readonly refuse: Readonly<Record<Side, RefuseFunction>>;
}

export function addPipeline(app: FastifyInstance, ctx: SandboxContext, options: PipelineOptions): void {
  app.decorateRequest('caller', null);
  app.decorateRequest('passage', null);

  app.addHook('onRequest', async (request, reply) => {
    const side = sideOf(request.url);
    if (side === 'controls' || isOpen(request.url)) return;
    const token = knownToken(ctx, request.headers, request.url);
    const passage: Passage = { side, token, arrivedAtMs: ctx.clock.nowMs(), fault: null, logged: false };
    request.passage = passage;
    await admit(request, reply, passage);
    // An async hook that has answered must return the reply, or the route would run as well.
    return request.caller === null ? reply : undefined;
  });

  async function admit(request: FastifyRequest, reply: FastifyReply, passage: Passage): Promise<void> {
    const { side, token } = passage;
    const settings = ctx.world.settings();
    const allowance = ctx.limiter.take(side, token ?? '', settings);
    reply.headers(rateHeaders(side, allowance, settings.switches, passage.arrivedAtMs));
    if (options.latencyMs > 0) await delay(options.latencyMs);
    const caller = token === null ? null : callerBehind(ctx, token);
    if (caller === null) {
      refuse(request, reply, 401, 'Unauthorized');
      return;
    }
    if (!allowance.allowed) {
      refuseOverLimit(request, reply, allowance);
      return;
    }
    const fault = ctx.faults.hit(side, request.method, request.url);
    passage.fault = fault;
    if (fault?.kind === 'slow') await delay(fault.delayMs ?? 0);
    if (fault?.kind === 'timeout' || fault?.kind === 'reset_before') {
      giveNoAnswer(request, reply, passage);
      return;
    }
    if (fault?.kind === 'html') {
      answerHtml(reply, fault.status ?? 502);
      return;
    }
    if (fault?.kind === 'status') {
      answerStatus(request, reply, fault.status ?? 500);
      return;
    }
    request.caller = caller;
  }

  function refuse(request: FastifyRequest, reply: FastifyReply, status: number, message: string): void {
    const side = request.passage?.side ?? 'teamwork';
    const refusal = options.refuse[side](request.url, status, message);
    reply.status(refusal.status).headers(refusal.headers ?? {});
    void reply.send(refusal.body);
  }

  function refuseOverLimit(request: FastifyRequest, reply: FastifyReply, allowance: Allowance): void {
    const { switches } = ctx.world.settings();
    if (switches.retryAfter) reply.header('Retry-After', allowance.resetSeconds);
    const status = request.passage?.side === 'desk' ? 429 : switches.teamworkRefusal;
    refuse(request, reply, status, 'You have exceeded your rate limit. Please try again in a little while.');
  }

  function answerStatus(request: FastifyRequest, reply: FastifyReply, status: number): void {
    if (status >= 300 && status < 400) reply.header('Location', 'http://elsewhere.invalid/');
    refuse(request, reply, status, 'Fault put in by the sandbox');
  }

  /** Logs the call and cuts its connection, or leaves it open without an answer. */
  function giveNoAnswer(request: FastifyRequest, reply: FastifyReply, passage: Passage): void {
    log(request, passage, 0);
    reply.hijack();
    if (passage.fault?.kind !== 'timeout') request.raw.socket.resetAndDestroy();
  }

  function log(request: FastifyRequest, passage: Passage, status: number): void {
    if (passage.logged) return;
    passage.logged = true;
    ctx.calls.add({
      at: new Date(passage.arrivedAtMs).toISOString(),
      side: passage.side,
      token: passage.token,
      method: request.method,
      path: request.url,
      status,
    });
  }

  app.addHook('preHandler', (request, _reply, done) => {
    const kind = request.passage?.fault?.kind;
    if (kind === 'ignored' || kind === 'reformatted') request.body = bodyTaken(request, kind);
    done();
  });

  app.addHook('preSerialization', (request, reply, payload, done) => {
    done(null, request.passage?.fault?.kind === 'empty_list' ? emptied(payload, reply) : payload);
  });

  app.addHook('onSend', (request, reply, payload, done) => {
    ctx.flush();
    const { passage } = request;
    if (passage === null) {
      done(null, payload);
      return;
    }
    if (passage.fault?.kind === 'reset_after') {
      giveNoAnswer(request, reply, passage);
      return;
    }
    log(request, passage, reply.statusCode);
    done(null, passage.fault?.kind === 'truncated' ? cut(reply, payload) : payload);
  });
}

/** Uploads and pictures carry no credential of the vendor's API; they are file storage. */
function isOpen(url: string): boolean {
  return url.startsWith('/files/') || url.startsWith('/desk/images/');
}

function answerHtml(reply: FastifyReply, status: number): void {
  void reply
    .status(status)
    .type('text/html; charset=utf-8')
    .send('<html><head><title>Bad Gateway</title></head><body><h1>Bad Gateway</h1></body></html>');
}

/** The first half of a body, announced as if it were whole. */
function cut(reply: FastifyReply, payload: unknown): unknown {
  if (typeof payload !== 'string') return payload;
  const half = payload.slice(0, Math.floor(payload.length / 2));
  reply.header('Content-Length', Buffer.byteLength(half));
  return half;
}
