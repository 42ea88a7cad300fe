import { rateSignal } from '../../src/apis/rate-signal';
import type { Side } from '../../src/domain/record';
import type { RateSignal } from '../../src/ports/budget';
import {
  client,
  failureOf,
  json,
  openSandbox,
  raw,
  recordingPermit,
  serve,
  type AnswerOf,
} from './over-http';

const now = Date.parse('2026-06-01T12:00:00Z');
const epoch = now / 1000;
const said = (side: Side, status: number, headers: Record<string, string>): RateSignal =>
  rateSignal(side, status, new Headers(headers), now);

describe('what the headers say about the limit', () => {
  test('Teamwork.com and Desk spell them differently', () => {
    const told = { limitPerMinute: 150, remaining: 149, waitMs: null, refused: false };
    expect(said('teamwork', 200, { 'X-RateLimit-Limit': '150', 'X-RateLimit-Remaining': '149' })).toEqual(
      told,
    );
    expect(said('desk', 200, { 'X-Rate-Limit-Limit': '150', 'X-Rate-Limit-Remaining': '149' })).toEqual(told);
  });
  test('an answer that is no refusal asks for no wait, however full the minute is', () => {
    const headers = {
      'X-Rate-Limit-Limit': '120',
      'X-Rate-Limit-Remaining': '-3',
      'X-Rate-Limit-Reset': '60',
    };
    expect(said('desk', 200, headers)).toEqual({
      limitPerMinute: 120,
      remaining: -3,
      waitMs: null,
      refused: false,
    });
  });
  test.each<[Side, string, number]>([
    ['teamwork', '12', 12_000],
    ['teamwork', String(epoch + 20), 20_000],
    ['teamwork', String(epoch - 20), 1_000],
    ['teamwork', '0', 1_000],
    ['teamwork', '1000000000', 65_000],
    ['desk', '60', 60_000],
    ['desk', String(epoch + 20), 20_000],
    ['desk', '900000', 65_000],
    ['desk', 'garbage', 60_000],
    ['desk', '-5', 60_000],
    ['desk', '1e9', 60_000],
  ])('%s: Reset %s, as seconds or as a time, is a wait of %i ms', (side, reset, waitMs) => {
    const spelling = side === 'desk' ? 'X-Rate-Limit-Reset' : 'X-RateLimit-Reset';
    expect(said(side, 429, { [spelling]: reset })).toMatchObject({ refused: true, waitMs });
  });
  test('a Reset is measured by the clock of the vendor', () => {
    const headers = {
      Date: 'Mon, 01 Jun 2026 11:00:00 GMT',
      'X-RateLimit-Reset': String(epoch - 3_600 + 30),
    };
    expect(said('teamwork', 429, headers).waitMs).toBe(30_000);
  });
  test('a Retry-After that is a time is measured by it, too', () => {
    const headers = { Date: 'Mon, 01 Jun 2026 11:00:00 GMT', 'Retry-After': 'Mon, 01 Jun 2026 11:00:30 GMT' };
    expect(said('teamwork', 429, headers).waitMs).toBe(30_000);
  });
  test.each<[string, number | null]>([
    ['7', 7_000],
    ['0', 1_000],
    ['86400', 65_000],
    ['Mon, 01 Jun 2026 12:00:09 GMT', 9_000],
    ['soon', null],
  ])('Retry-After %s comes first, also on a 503', (retryAfter, waitMs) => {
    expect(said('teamwork', 503, { 'Retry-After': retryAfter })).toMatchObject({ refused: false, waitMs });
  });
  test('a refusal without a word is a wait of a minute', () => {
    expect(said('desk', 429, {})).toMatchObject({ refused: true, waitMs: 60_000 });
  });
  test('400 with nothing remaining is a refusal of Teamwork.com, and of nobody else', () => {
    expect(said('teamwork', 400, { 'X-RateLimit-Remaining': '0' }).refused).toBe(true);
    expect(said('teamwork', 400, { 'X-RateLimit-Remaining': '1' }).refused).toBe(false);
    expect(said('desk', 400, { 'X-Rate-Limit-Remaining': '0' }).refused).toBe(false);
  });
  test('a limit that is no number says nothing', () => {
    expect(said('desk', 200, { 'X-Rate-Limit-Limit': 'lots' }).limitPerMinute).toBeNull();
    expect(said('desk', 200, { 'X-Rate-Limit-Limit': '0' }).limitPerMinute).toBeNull();
  });
});

describe('every answer tells the permit', () => {
  const limits = { 'X-Rate-Limit-Limit': '120', 'X-Rate-Limit-Remaining': '5', 'X-RateLimit-Remaining': '5' };
  test.each<[string, AnswerOf]>([
    ['a record', json({ user: { id: 1 } }, 200, limits)],
    ['a refusal', json({}, 403, limits)],
    ['a failure', raw('<html>', 502, limits)],
    ['a web page', raw('<html>', 200, limits)],
    ['a redirect', raw('', 302, limits)],
  ])('%s', async (_what, answer) => {
    const server = await serve(answer);
    const permit = recordingPermit();
    await client('desk', server.url)
      .account(permit)
      .catch(() => undefined);
    await server.close();
    expect(permit.signals).toEqual([{ limitPerMinute: 120, remaining: 5, waitMs: null, refused: false }]);
  });
  test('no answer tells nothing', async () => {
    const server = await serve((_url, response) => response.socket?.destroy());
    const permit = recordingPermit();
    await failureOf(client('desk', server.url).account(permit));
    await server.close();
    expect(permit.signals).toEqual([]);
  });
});

describe('refusals of the sandbox', () => {
  test('429 of Desk has an empty body and no Retry-After: wait as its Reset says', async () => {
    const sandbox = await openSandbox({ companies: 2, people: 2 }, 1);
    const permit = recordingPermit();
    await sandbox.desk.account(permit);
    const error = await failureOf(sandbox.desk.create(permit, 'company', { name: 'One More' }));
    await sandbox.close();
    expect([error.kind, error.facts]).toEqual([
      'rate_limited',
      { status: 429, effectUnknown: false, retryAfterMs: 60_000 },
    ]);
    expect(permit.signals.at(-1)).toMatchObject({ limitPerMinute: 1, refused: true, waitMs: 60_000 });
  });
  test.each([429, 400] as const)(
    '%i of Teamwork.com is a refusal, not a fault of the record',
    async (status) => {
      const sandbox = await openSandbox({ companies: 2, people: 2 }, 1);
      const { switches } = sandbox.ctx.world.settings();
      sandbox.ctx.changeSettings({
        switches: { ...switches, teamworkRefusal: status, teamworkReset: 'epoch' },
      });
      const permit = recordingPermit();
      await sandbox.teamwork.account(permit);
      const error = await failureOf(sandbox.teamwork.create(permit, 'company', { name: 'One More' }));
      await sandbox.close();
      expect([error.kind, error.facts.status, error.facts.effectUnknown]).toEqual([
        'rate_limited',
        status,
        false,
      ]);
      expect(permit.signals.at(-1)?.waitMs).toBeGreaterThan(30_000);
    },
  );
});
