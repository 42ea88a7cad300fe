/** `certificate`: what `verify --certificate` proved last; the exit code says whether it still counts. */
import type { Certificate, CompanyCertificate } from '../ports/certificates';
import type { Reads } from '../ports/reads';
import { certificateText, isInStep, personCounts } from '../wording/certificate-text';
import { timeText } from '../wording/words';
import { CommandFailure, exitCode, usageFailure } from './failures';
import { linksNamed, recordForms } from './matches';
import { newSiteCommand, positive } from './new-command';
import { answer, chooseSite, type Session } from './session';
import { tableLines } from './table';

const hourMs = 3_600_000;

export function certificateCommand(session: Session) {
  return newSiteCommand(
    'certificate',
    'Show what `verify --certificate` proved last; exit code 1 where the sides differed or nothing was proved',
    ['certificate', 'certificate --max-age 24', 'certificate Acme --json'],
  )
    .argument('[company]', `one company: ${recordForms}`)
    .option('--max-age <hours>', 'an older certificate is exit code 1, too', positive)
    .action(async (company, { json, site: named, maxAge }) => {
      const { store, reads, certificates } = await session.storeParts();
      const site = await chooseSite(store, named);
      const [found, lines] =
        company === undefined
          ? ofSite(session, await certificates.certificates(site.id, 10))
          : await ofCompany(await companyNamed(reads, site.id, company), (link) =>
              certificates.companyCertificate(site.id, link),
            );
      const isOld =
        found !== null && maxAge !== undefined && Date.now() - Date.parse(found.issuedAt) > maxAge * hourMs;
      const counts = found !== null && isInStep(found) && !isOld;
      answer(session, json, { certificate: found, counts }, () =>
        [
          ...lines,
          ...(isOld ? [`It is older than ${maxAge} hours: \`verify --certificate\` issues another.`] : []),
        ].join('\n'),
      );
      if (!counts) session.exitWith(exitCode.no);
    });
}

type Shown = readonly [found: Certificate | CompanyCertificate | null, lines: readonly string[]];

function ofSite({ terminal }: Session, issued: readonly Certificate[]): Shown {
  const [latest = null] = issued;
  if (latest === null) return [null, ['No certificate yet: `verify --certificate` issues one.']];
  const columns = [
    { title: 'no.', align: 'right' as const },
    { title: 'issued (UTC)' },
    { title: 'verdict', least: 20 },
    { title: 'digest' },
  ];
  const rows = issued.map((one) => [
    ...[String(one.number), timeText(one.issuedAt), certificateText(one), one.digest.slice(0, 12)],
  ]);
  return [latest, tableLines(columns, rows, terminal)];
}

async function ofCompany(
  link: number,
  read: (link: number) => Promise<CompanyCertificate | null>,
): Promise<Shown> {
  const found = await read(link);
  if (found === null) {
    return [null, [`Link ${link} has no certificate yet: \`verify --certificate\` issues one.`]];
  }
  const { issuedAt, agreedAt, digest } = found;
  const last = agreedAt === null ? 'never' : timeText(agreedAt);
  return [
    found,
    [
      `Link ${link}, ${timeText(issuedAt)} (UTC): ${personCounts(found)}`,
      ...(isInStep(found) ? [] : [`Last in step: ${last}`]),
      `Digest: ${digest}`,
    ],
  ];
}

async function companyNamed(reads: Reads, site: string, record: string): Promise<number> {
  const companies = (await linksNamed(reads, site, record)).filter(
    ({ link: { kind, phase } }) => kind === 'company' && phase === 'active',
  );
  const [company, ...others] = companies;
  if (company === undefined)
    throw new CommandFailure(exitCode.no, `${record} is no linked company; \`companies\` lists them.`);
  if (others.length > 0) {
    const numbers = companies.map(({ link }) => link.number).join(', ');
    throw usageFailure(`${record} names several linked companies: say which link of ${numbers}.`);
  }
  return company.link.number;
}
