/** Certificates: what one comparison of both sides proved, kept for whoever asks later. */
import { certify, type SiteFindings } from './domain/certificate';
import type { Certificate, CertificateStore, NewCertificate } from './ports/certificates';
import type { Comparison } from './verify';

export interface Issued {
  readonly certificate: Certificate;
  readonly companies: NewCertificate['companies'];
}

/** Issues the certificate of a comparison just made; it says so too where the sides differ. */
export async function issueCertificate(
  certificates: CertificateStore,
  site: string,
  { input, report }: Comparison,
): Promise<Issued> {
  const certificate = await digested(certify(input, report));
  return { certificate: await certificates.issue(site, certificate), companies: certificate.companies };
}

async function digested({ companies, ...found }: SiteFindings): Promise<NewCertificate> {
  const each = await Promise.all(
    companies.map(async ({ content, ...company }) => ({ ...company, digest: await sha256(content) })),
  );
  return { ...found, companies: each, digest: await sha256(JSON.stringify([found, each])) };
}

/** In hex. */
async function sha256(text: string): Promise<string> {
  return Buffer.from(await crypto.subtle.digest('SHA-256', Buffer.from(text))).toString('hex');
}
