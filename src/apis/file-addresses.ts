/**
 * Which addresses of files are reached: the site's own host, which alone may have a private address, and the vendors'
 * configured file hosts (R8).
 */
import type { LookupAddress } from 'node:dns';
import { BlockList, isIP } from 'node:net';

export interface FileHosts {
  /** The installation's address as connected. */
  readonly siteUrl: string;
  /** Hosts of the vendors' file storage; one that begins with a dot stands for every host below it. */
  readonly fileHosts: readonly string[];
}

/** Null for an address that no file of the vendors has. */
export function allowedUrl({ siteUrl, fileHosts }: FileHosts, address: string): URL | null {
  const site = new URL(siteUrl);
  if (!URL.canParse(address, site.origin)) return null;
  const url = new URL(address, site.origin);
  if (url.username !== '' || url.password !== '') return null;
  if (url.origin === site.origin) return url;
  const host = url.hostname.toLowerCase();
  const isListed = fileHosts.some((listed) =>
    listed.startsWith('.') ? host.endsWith(listed) : host === listed,
  );
  return isListed && url.protocol === 'https:' && url.port === '' && isIP(host) === 0 ? url : null;
}

/** One list for each family: where both are in one, `::/3` holds every IPv4 address, too, in its mapped form. */
const notPublic = { ipv4: new BlockList(), ipv6: new BlockList() };
for (const [net, prefix] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['224.0.0.0', 3],
] as const) {
  notPublic.ipv4.addSubnet(net, prefix, 'ipv4');
}
// Everything but 2000::/3 is local, mapped or reserved.
for (const net of ['::', '4000::', '6000::', '8000::', 'a000::', 'c000::', 'e000::']) {
  notPublic.ipv6.addSubnet(net, 3, 'ipv6');
}

export function isPublic({ address, family }: LookupAddress): boolean {
  const kind = family === 6 ? 'ipv6' : 'ipv4';
  return !notPublic[kind].check(address, kind);
}
