/** Certificates: what one comparison of both sides proved, kept for whoever asks later. */
import { createHash } from 'node:crypto';
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
  const certificate = digested(certify(input, report));
  return { certificate: await certificates.issue(site, certificate), companies: certificate.companies };
}

function digested({ companies, ...found }: SiteFindings): NewCertificate {
  const each = companies.map(({ content, ...company }) => ({ ...company, digest: sha256(content) }));
  return { ...found, companies: each, digest: sha256(JSON.stringify([found, each])) };
}

/** In hex. */
function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
