/** Whether a delivery was signed by whoever has the hook's secret: HMAC-SHA256 over the bytes as they came. */
import { createHmac, timingSafeEqual } from 'node:crypto';
import type { HookSecrets } from '../ports/hooks';

const wellFormed = /^[0-9a-f]{64}$/;

/** Takes as long whatever is wrong with it, once it has the form of a signature. */
export function isSigned(body: Buffer, signature: unknown, { current, previous }: HookSecrets): boolean {
  if (typeof signature !== 'string' || !wellFormed.test(signature)) return false;
  const given = Buffer.from(signature, 'hex');
  const fits = (secret: string) => timingSafeEqual(given, createHmac('sha256', secret).update(body).digest());
  const byCurrent = fits(current);
  // Both are computed always, so that the time does not tell which of the two it was.
  const byPrevious = fits(previous ?? current);
  return byCurrent || byPrevious;
}
