/** The API clients of every site, made with its present credentials. */
import type { Side } from '../domain/record';
import type { Access, Apis, SideApi } from '../ports/apis';
import type { HookApis } from '../ports/hooks';
import { callerOf } from './caller';
import { deskHooks } from './desk-hooks';
import { createSideApi } from './side-api';
import { teamworkHooks } from './teamwork-hooks';

/** A replaced credential is used after at most this long. */
const keepForMs = 2_000;

export function siteApis(options: {
  readonly accessTo: (site: string) => Promise<Access>;
  readonly timeoutMs: number;
  readonly fileHosts: readonly string[];
}): Apis & HookApis {
  const kept = new Map<string, { readonly api: SideApi; readonly until: number }>();
  return {
    async of(site: string, side: Side): Promise<SideApi> {
      const key = `${side} ${site}`;
      const known = kept.get(key);
      if (known !== undefined && known.until > Date.now()) return known.api;
      const api = withAccess(await options.accessTo(site), side);
      kept.set(key, { api, until: Date.now() + keepForMs });
      return api;
    },
    withAccess,
    async hooksOf(site, side) {
      const { url, credentials } = await options.accessTo(site);
      const caller = callerOf({ side, url, token: credentials[side], timeoutMs: options.timeoutMs });
      return side === 'teamwork' ? teamworkHooks(caller) : deskHooks(caller);
    },
  };

  function withAccess({ url, credentials, ownerCompanyId }: Access, side: Side): SideApi {
    return createSideApi({
      side,
      url,
      token: credentials[side],
      ownerCompanyId,
      timeoutMs: options.timeoutMs,
      fileHosts: options.fileHosts,
    });
  }
}
