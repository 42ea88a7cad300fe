/** `verify`: proves that both sides agree, by reading them afresh; exit code 1 where they do not. */
import { verifySite } from '../verify';
import { exitCode } from './failures';
import { newSiteCommand } from './new-command';
import { answer, chooseSite, type Session } from './session';
import { toJsonVerify, verifyText } from './verify-report';
import { countText } from './words';

export function verifyCommand(session: Session) {
  return newSiteCommand(
    'verify',
    'Read both sides afresh and prove that they agree; exit code 1 if they do not',
    ['verify', 'verify --strict --json'],
  )
    .option('--strict', 'what is unequal for a stated reason counts as a difference, too')
    .action(async ({ json, site: named, strict }) => {
      const parts = await session.storeParts();
      const site = await chooseSite(parts.store, named);
      const { terminal } = session;
      const report = await verifySite(parts, site.id, ({ pages, records }) => {
        if (json !== true)
          terminal.redraw(`Reading both sides  ${countText(pages, 'page')}, ${countText(records, 'record')}`);
      });
      if (json !== true) terminal.redraw('');
      answer(session, json, { site: site.id, ...toJsonVerify(report) }, () =>
        verifyText(report, terminal.width()),
      );
      const differences = report.differences.length + (strict === true ? report.explained.length : 0);
      if (differences > 0) session.exitWith(exitCode.no);
    });
}
