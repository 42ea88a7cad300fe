/** What a form says of a site to connect. */
import { Refused } from '../refused';
import type { FormValues } from './route';

/** The credential travels there: only over TLS, but for this machine and a container's neighbour. */
export function siteUrl(value: string): string {
  const example = 'Give the address of the site, such as https://acme.teamwork.com.';
  if (!URL.canParse(value)) throw new Refused(example);
  const { protocol, hostname, pathname, search, hash, username, origin } = new URL(value);
  if (!/^https?:$/.test(protocol) || pathname !== '/' || search + hash + username !== '')
    throw new Refused(example);
  const near = !hostname.includes('.') || /^127\./.test(hostname);
  if (protocol === 'http:' && !near)
    throw new Refused('Give an address with https, for credentials are sent there.');
  return origin;
}

export function newSite(form: FormValues) {
  const site = form.text('site');
  if (!/^[a-z0-9][a-z0-9-]{0,62}$/.test(site)) {
    throw new Refused('The name of a site is up to 63 of a-z, 0-9 and "-". Nothing was connected.');
  }
  const created = form.text('deskCreated');
  if (created !== '' && !(Date.parse(created) <= Date.now())) {
    throw new Refused(
      'When this Desk was made is a date such as 2024-01-31, not in the future. Nothing was connected.',
    );
  }
  return {
    site,
    url: siteUrl(form.text('url')),
    credentials: { teamwork: form.text('teamworkToken'), desk: form.text('deskToken') },
    ...(created === '' ? {} : { deskCreatedAt: new Date(created).toISOString() }),
  };
}
