/** `incident <record>`: everything about one link in one file, names and emails as pseudonyms. */
import { writeFile } from 'node:fs/promises';
import { incidentOf } from '../incident';
import { countText } from '../wording/words';
import { usageFailure } from './failures';
import { linksNamed, recordForms } from './matches';
import { newSiteCommand } from './new-command';
import { answer, chooseSite, type Session } from './session';

export function incidentCommand(session: Session) {
  return newSiteCommand(
    'incident',
    'Write all that is known of a record’s link into a file: records, timeline, decision and workflow histories, with names and emails as pseudonyms',
    ['incident ada@example.com', 'incident 1042 --out ada.json'],
  )
    .argument('<record>', recordForms)
    .option('--out <file>', 'where to; `incident-<site>-<link>.json` unless given')
    .action(async (record, { json, site: named, out }) => {
      const parts = await session.engine();
      const site = await chooseSite(parts.store, named);
      const rows = (await linksNamed(parts.reads, site.id, record)).filter(({ link }) => link.number > 0);
      const [row, ...others] = rows;
      if (row === undefined) throw usageFailure('It has no link yet: the next survey gives it one.');
      if (others.length > 0) {
        const numbers = rows.map(({ link }) => link.number).join(', ');
        throw usageFailure(`That names several links: say which of ${numbers}.`);
      }
      const incident = await incidentOf(parts, site.id, row.link.number);
      if (incident === null)
        throw usageFailure('Its link is not there any more: `explain` shows where it is.');
      const file = out ?? `incident-${site.id}-${incident.link}.json`;
      await writeFile(file, `${JSON.stringify(incident, null, 1)}\n`, { mode: 0o600 });
      const [entries, histories] = [incident.timeline.length, incident.histories.length];
      answer(
        session,
        json,
        { file, link: incident.link, entries, histories },
        () =>
          `${file}: link ${incident.link}, ${countText(entries, 'journal entry', 'journal entries')}, ${countText(histories, 'workflow history', 'workflow histories')}. Names, emails and values are pseudonyms.`,
      );
    });
}
