/** What `verify` proved, and when. Types only. */
import type { Kind, Side } from '../domain/record';

interface Proved {
  readonly explained: number;
  readonly different: number;
  /** SHA-256 of ids and canonical values of both sides, in hex: the same while nothing changes. */
  readonly digest: string;
}

export interface NewCompanyCertificate extends Proved {
  readonly link: number;
  readonly ids: Readonly<Record<Side, string | null>>;
  /** People whose every field that could be read is the same on both sides. */
  readonly agreed: number;
}

export interface NewCertificate extends Proved {
  readonly agreed: Readonly<Record<Kind, number>>;
  readonly companies: readonly NewCompanyCertificate[];
}

export interface Certificate extends Omit<NewCertificate, 'companies'> {
  readonly number: number;
  readonly issuedAt: string;
}

export interface CompanyCertificate extends NewCompanyCertificate {
  readonly issuedAt: string;
  /** When the last certificate without a difference was issued; null: none was. */
  readonly agreedAt: string | null;
}

export interface CertificateStore {
  issue(site: string, certificate: NewCertificate): Promise<Certificate>;
  /** The latest first. */
  certificates(site: string, limit: number): Promise<readonly Certificate[]>;
  /** Linked companies that differed at the latest certificate, by link. */
  differingCompanies(site: string, limit: number): Promise<readonly CompanyCertificate[]>;
  /** A company's latest; one whose link has been broken since has none any more. */
  companyCertificate(site: string, link: number): Promise<CompanyCertificate | null>;
}
