/** `verify`: proves that both sides agree, by reading them afresh; exit code 1 where they do not. */
import { issueCertificate } from '../certify';
import type { Certificate } from '../ports/certificates';
import { compareSite } from '../verify';
import type { VerifyProgress } from '../verify-progress';
import { certificateText } from '../wording/certificate-text';
import { exitCode } from './failures';
import { silent } from './follow-run';
import { newSiteCommand } from './new-command';
import { cutTo } from './plain-text';
import { figuresLine } from './progress-line';
import { repair } from './repair';
import { answer, chooseSite, type Session } from './session';
import { toJsonVerify, verifyText } from './verify-report';
import { countText } from '../wording/words';

export function verifyCommand(session: Session) {
  return newSiteCommand(
    'verify',
    'Read both sides afresh and prove that they agree; exit code 1 if they do not',
    ['verify', 'verify --repair', 'verify --strict --json', 'verify --certificate'],
  )
    .option('--strict', 'what is unequal for a stated reason counts as a difference, too')
    .option('--repair', 'read what differs and write it again the normal way, then verify once more')
    .option('--certificate', 'keep what was proved, for the site and each company; `certificate` shows it')
    .action(async ({ json, site: named, strict, repair: repairs, certificate: issues }) => {
      const parts = await session.storeParts();
      const site = await chooseSite(parts.store, named);
      const { terminal } = session;
      const shown = json === true ? silent(terminal) : terminal;
      const readAll = () =>
        compareSite(parts, site.id, (progress) => {
          shown.redraw(readingLine(progress, terminal.width() - 1));
        }).finally(() => shown.redraw(''));
      const first = await readAll();
      const repaired =
        repairs === true ? await repair(await session.engine(), site.id, first.report.differences) : 0;
      const compared = repaired > 0 ? await readAll() : first;
      const { report } = compared;
      const issued = issues === true ? await issueCertificate(parts.certificates, site.id, compared) : null;
      answer(session, json, { site: site.id, repaired, ...(issued ?? {}), ...toJsonVerify(report) }, () =>
        [
          ...(repaired > 0 ? [`${countText(repaired, 'link')} went the normal way once more.`] : []),
          verifyText(report, terminal),
          ...(issued === null ? [] : [issuedText(issued.certificate)]),
        ].join('\n'),
      );
      const differences = report.differences.length + (strict === true ? report.explained.length : 0);
      if (differences > 0) session.exitWith(exitCode.no);
    });
}

/** Without a count of the vendors' there is no telling how long. */
export function readingLine({ pages, records, total, secondsLeft }: VerifyProgress, width: number): string {
  const what = 'Reading both sides';
  return total === null || total === 0
    ? cutTo(`${what}  ${countText(pages, 'page')}, ${countText(records, 'record')}`, width)
    : figuresLine(what, { done: records, total, ratePerMinute: null, secondsLeft }, width);
}

function issuedText(certificate: Certificate): string {
  return `Certificate ${certificate.number}: ${certificateText(certificate)}. Digest ${certificate.digest.slice(0, 12)}.`;
}
