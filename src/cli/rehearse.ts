/** `rehearse <file>`: both sides of the site in other words, to try an InitialSync on one's own data in the sandbox. */
import { writeFile } from 'node:fs/promises';
import { kinds, sides } from '../domain/record';
import { rehearsalOf } from '../rehearsal';
import { compareSite } from '../verify';
import { countText } from '../wording/words';
import { silent } from './follow-run';
import { newSiteCommand } from './new-command';
import { answer, chooseSite, type Session } from './session';
import { readingLine } from './verify';

export function rehearseCommand(session: Session) {
  return newSiteCommand(
    'rehearse',
    'Read both sides and write them into a file, every name, email and address in other words; `npm start -- --rehearsal <file>` plays it',
    ['rehearse acme.json', 'rehearse acme.json --site acme'],
  )
    .argument('<file>', 'where to')
    .action(async (file, { json, site: named }) => {
      const parts = await session.storeParts();
      const site = await chooseSite(parts.store, named);
      const { terminal } = session;
      const shown = json === true ? silent(terminal) : terminal;
      const compared = await compareSite(parts, site.id, (progress) => {
        shown.redraw(readingLine(progress, terminal.width() - 1));
      }).finally(() => shown.redraw(''));
      const rehearsal = rehearsalOf(compared);
      await writeFile(file, `${JSON.stringify(rehearsal)}\n`, { mode: 0o600 });
      const count = sides
        .flatMap((side) => kinds.map((kind) => rehearsal.records[side][kind].length))
        .reduce((sum, records) => sum + records, 0);
      answer(
        session,
        json,
        { file, records: count },
        () =>
          `${file}: ${countText(count, 'record')} in other words. Play it apart from everything else: \`DATA_DIR=.rehearsal npm start -- --rehearsal ${file}\`.`,
      );
    });
}
