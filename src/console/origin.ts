/** Whether a request that changes something comes from a page of this console (CSRF). */
import type { IncomingHttpHeaders } from 'node:http';

/** Browsers say where a request comes from; what says nothing of it is no browser, and carries no cookie of its own accord. */
export function isOwnPage({ origin, host, 'sec-fetch-site': site }: IncomingHttpHeaders): boolean {
  if (typeof site === 'string') return site === 'same-origin';
  if (origin === undefined) return true;
  return URL.canParse(origin) && new URL(origin).host === host;
}
