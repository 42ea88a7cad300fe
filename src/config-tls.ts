/** How Temporal and Postgres are reached where the way to them is not safe: TLS, client certificates, an API key. */
import { readFileSync } from 'node:fs';

interface TlsSettings {
  readonly databaseUrl: string | undefined;
  readonly databaseCa: string | undefined;
  readonly temporalAddress: string | undefined;
  readonly temporalApiKey: string | undefined;
  readonly temporalTlsCert: string | undefined;
  readonly temporalTlsKey: string | undefined;
  readonly temporalTlsCa: string | undefined;
}

/** What the server has to prove, and what we show it. */
export interface TemporalTls {
  readonly serverRootCACertificate?: Buffer;
  readonly clientCertPair?: { readonly crt: Buffer; readonly key: Buffer };
}

/** The driver takes these for one another, and would tell so at every start. */
const verified = ['require', 'verify-ca', 'verify-full'];

/** Variables that each are fine and together are not. */
export function tlsProblems(settings: TlsSettings): string[] {
  const { databaseUrl, databaseCa, temporalAddress } = settings;
  const problems: string[] = [];
  const mode = databaseUrl === undefined ? null : new URL(databaseUrl).searchParams.get('sslmode');
  if (mode !== null && mode !== 'disable' && !verified.includes(mode)) {
    problems.push(
      `DATABASE_URL has an sslmode that proves nothing: expected disable or ${verified.join(', ')}`,
    );
  }
  if (databaseCa !== undefined && databaseUrl === undefined) {
    problems.push('DATABASE_URL is missing: DATABASE_CA says whom its server is proved by');
  }
  if (databaseCa !== undefined && mode === 'disable') {
    problems.push('DATABASE_CA is set while the sslmode of DATABASE_URL is disable: expected one of the two');
  }
  if ((settings.temporalTlsCert === undefined) !== (settings.temporalTlsKey === undefined)) {
    const [missing, there] = settings.temporalTlsKey === undefined ? ['KEY', 'CERT'] : ['CERT', 'KEY'];
    problems.push(`TEMPORAL_TLS_${missing} is missing: TEMPORAL_TLS_${there} is of no use without it`);
  }
  if (temporalAddress === undefined && usesTls(settings)) {
    problems.push(
      'TEMPORAL_ADDRESS is missing: TEMPORAL_API_KEY and TEMPORAL_TLS_… are for a server of your own',
    );
  }
  return problems;
}

/** With TLS wherever the address or a certificate asks for it: the server has to prove its name. */
export function databaseUrlWithTls(url: string, ca: string | undefined): string {
  const parsed = new URL(url);
  const mode = parsed.searchParams.get('sslmode');
  if (ca === undefined && (mode === null || mode === 'disable' || mode === 'verify-full')) return url;
  parsed.searchParams.set('sslmode', 'verify-full');
  if (ca !== undefined) parsed.searchParams.set('sslrootcert', ca);
  return parsed.href;
}

function usesTls({ temporalApiKey, temporalTlsCert, temporalTlsKey, temporalTlsCa }: TlsSettings): boolean {
  return [temporalApiKey, temporalTlsCert, temporalTlsKey, temporalTlsCa].some(
    (value) => value !== undefined,
  );
}

/** Undefined: Temporal is reached without TLS. The certificates are those that lie there when a process starts. */
export function temporalTls(settings: TlsSettings): TemporalTls | undefined {
  if (!usesTls(settings)) return undefined;
  const { temporalTlsCert: crt, temporalTlsKey: key, temporalTlsCa: ca } = settings;
  return {
    ...(ca === undefined ? {} : { serverRootCACertificate: readFileSync(ca) }),
    ...(crt === undefined || key === undefined
      ? {}
      : { clientCertPair: { crt: readFileSync(crt), key: readFileSync(key) } }),
  };
}
