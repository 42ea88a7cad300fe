/** The domains that may identify a company (R14): whose they are alone, never a mail provider's or a registry's. */
import providers from 'email-providers/all.json';
import { domainToASCII } from 'node:url';
import { parse } from 'tldts';

/** Public providers that the kept list lacks. */
const furtherProviders = [
  'fastmail.com',
  'fastmail.fm',
  'posteo.de',
  'posteo.net',
  'tuta.com',
  'tuta.io',
  'tutamail.com',
  'tutanota.com',
  'tutanota.de',
  'telenet.be',
  'ziggo.nl',
  'zohomail.com',
  'zohomail.eu',
];

/** On the list by mistake: these are set aside for documentation and nobody's mail is there. */
const noProviders = new Set(['example.com', 'example.net', 'example.org']);

const publicProviders = new Set(
  [...providers, ...furtherProviders].filter((domain) => !noProviders.has(domain)),
);

/**
 * The hosts of a website, of emails and of Desk's domains, as lower-case ASCII without `www.` and wildcards, sorted.
 * Text that holds no host is no signal and no error.
 */
export function companyDomains(sources: {
  readonly website: string;
  readonly emails: readonly string[];
  readonly domains: readonly string[];
}): string[] {
  const hosts = [
    hostOf(sources.website),
    ...sources.emails.map((email) => hostOf(email.slice(email.lastIndexOf('@') + 1), email.includes('@'))),
    ...sources.domains.map((domain) => hostOf(domain.trim().replace(/^\*\.?/, ''))),
  ];
  return [...new Set(hosts.filter((host) => host !== null))].sort();
}

function hostOf(text: string, isHost = true): string | null {
  if (!isHost || text.trim() === '') return null;
  const { hostname, isIp } = parse(text.trim(), { validateHostname: false });
  if (hostname === null || isIp === true) return null;
  const host = domainToASCII(hostname.replace(/^www\./i, '').replace(/\.$/, ''));
  // Private suffixes count: whoever owns github.io owns none of the sites below it.
  const { domain, domainWithoutSuffix } = parse(host, { allowPrivateDomains: true });
  if (domain === null || domainWithoutSuffix === null || domainWithoutSuffix === '') return null;
  return publicProviders.has(host) || publicProviders.has(domain) ? null : host;
}
