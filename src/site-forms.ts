/** What people write of a site and of a company, read the same at the command line and in the console. */

/** What was meant, or a sentence that says what is expected instead. */
export type Reading<T> = { readonly value: T } | { readonly problem: string };

export function readSiteName(name: string): Reading<string> {
  if (/^[a-z0-9][a-z0-9-]{0,62}$/.test(name)) return { value: name };
  return { problem: 'The name of a site is up to 63 of a-z, 0-9 and "-".' };
}

/** The credential travels there: only over TLS, but for this machine and a container's neighbour. */
export function readSiteUrl(text: string): Reading<string> {
  const problem = 'Expected the address of the site, such as https://acme.teamwork.com.';
  if (!URL.canParse(text)) return { problem };
  const { protocol, hostname, pathname, search, hash, username, origin } = new URL(text);
  if (!/^https?:$/.test(protocol) || pathname !== '/' || search + hash + username !== '') return { problem };
  const near = /^(\[::1\]|127(\.\d+){3}|[^.[]+)$/.test(hostname);
  if (protocol === 'http:' && !near) return { problem: 'Expected https, for credentials are sent there.' };
  return { value: origin };
}

/** A day, or a time of one, as an RFC 3339 time. */
export function readPastDate(text: string): Reading<string> {
  const [, date] = /^(\d{4}-\d{2}-\d{2})(?:T.+)?$/.exec(text) ?? [];
  const parsed = new Date(text);
  const real = date !== undefined && !Number.isNaN(parsed.getTime()) && !Number.isNaN(Date.parse(date));
  // A day such as 30 February rolls over silently.
  const sameDay = real && new Date(`${date}T00:00:00Z`).toISOString().startsWith(date);
  if (!sameDay) return { problem: 'Expected a date such as 2024-01-31.' };
  if (parsed.getTime() > Date.now()) return { problem: 'This date lies in the future.' };
  return { value: parsed.toISOString() };
}

/** Domains of a company, in small letters, each once. */
export function readDomains(texts: readonly string[]): Reading<readonly string[]> {
  const domains = texts.map((domain) => domain.trim().toLowerCase());
  if (domains.every((domain) => /^[^\s.@/]+(\.[^\s.@/]+)+$/.test(domain))) {
    return { value: [...new Set(domains)] };
  }
  return { problem: 'Expected domains such as acme.example, with commas between.' };
}
