/** Certificates of a site, the latest first, and the companies that differed at the last. */
import type { Certificate, CompanyCertificate } from '../../ports/certificates';
import type { LinkRow } from '../../ports/reads';
import type { Site } from '../../ports/sites';
import { certificateText, isInStep, personCounts } from '../../wording/certificate-text';
import { sitePath } from '../route';
import { nameOf } from './links';
import { Table, Time } from './parts';

interface Props {
  readonly site: Site;
  readonly issued: readonly Certificate[];
  readonly differing: readonly CompanyCertificate[];
  readonly named: readonly LinkRow[];
}

export function CertificatesPage({ site, issued, differing, named }: Props) {
  return (
    <>
      <p>
        A certificate is issued by <code>teamwork-desk-sync verify --certificate</code>, which reads both
        sides afresh and compares them. Its digest stays the same while nothing changes, and tells no name.
      </p>
      {issued.length === 0 ? (
        <p>None has been issued yet.</p>
      ) : (
        <Table heads={[{ number: 'no.' }, 'issued (UTC)', 'verdict', 'digest']}>
          <tbody>
            {issued.map((one) => (
              <tr>
                <td class="number">{one.number}</td>
                <td>
                  <Time at={one.issuedAt} />
                </td>
                <td>{certificateText(one)}</td>
                <td>
                  <Digest of={one.digest} />
                </td>
              </tr>
            ))}
          </tbody>
        </Table>
      )}
      {differing.length > 0 && (
        <section>
          <h2>Companies that differed</h2>
          <Table heads={['company', 'read (UTC)', 'verdict', 'last in step (UTC)']}>
            <tbody>
              {differing.map((company) => (
                <tr>
                  <th scope="row">
                    <a href={sitePath(site.id, `/links/${company.link}`)}>{nameIn(named, company.link)}</a>
                  </th>
                  <td>
                    <Time at={company.issuedAt} />
                  </td>
                  <td>{personCounts(company)}</td>
                  <td>{company.agreedAt === null ? 'never' : <Time at={company.agreedAt} />}</td>
                </tr>
              ))}
            </tbody>
          </Table>
        </section>
      )}
    </>
  );
}

function nameIn(named: readonly LinkRow[], link: number): string {
  const row = named.find((one) => one.link.number === link);
  return row === undefined ? `Link ${link}` : nameOf(row);
}

function Digest({ of }: { readonly of: string }) {
  return <code title={of}>{of.slice(0, 12)}</code>;
}

/** On the overview: the latest, and whether it still says what it should. */
export function LatestCertificate({
  site,
  latest,
}: {
  readonly site: Site;
  readonly latest: Certificate | null;
}) {
  return (
    <p>
      <a href={sitePath(site.id, '/certificates')}>Certificate</a>:{' '}
      {latest === null ? (
        'none has been issued yet'
      ) : (
        <>
          {certificateText(latest)}, <Time at={latest.issuedAt} /> (UTC)
        </>
      )}
    </p>
  );
}

/** On a company's page. */
export function CompanyProof({ proof }: { readonly proof: CompanyCertificate | null }) {
  if (proof === null) return null;
  return (
    <p>
      Verified <Time at={proof.issuedAt} /> (UTC): {personCounts(proof)}. Digest <Digest of={proof.digest} />
      {!isInStep(proof) && proof.agreedAt !== null && (
        <>
          . Last in step: <Time at={proof.agreedAt} /> (UTC)
        </>
      )}
    </p>
  );
}
