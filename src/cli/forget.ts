/** `forget`: blanks everything that is stored of a person (R32). Nothing is changed at Teamwork.com or Desk. */
import type { LinkRow } from '../ports/reads';
import { usageFailure } from './failures';
import { linksNamed, recordForms } from './matches';
import { newSiteCommand } from './new-command';
import { carryOut } from './operation';
import { answer, chooseSite, type Session } from './session';
import { countText } from '../wording/words';

export function forgetCommand(session: Session) {
  return newSiteCommand(
    'forget',
    'Forget a person: no value of them is kept here, their link is broken for good; both products stay as they are',
    ['forget ada@example.com', 'forget 1042 --json'],
  )
    .argument('<email>', `the person’s email, or ${recordForms}`)
    .action(async (email, { json, site: named }) => {
      const parts = await session.engine();
      const site = await chooseSite(parts.store, named);
      const rows = (await linksNamed(parts.reads, site.id, email)).filter(
        ({ link }) => link.kind === 'customer',
      );
      const living = rows.filter(isLiving);
      if (rows.length === 0) throw usageFailure('That names no person.');
      if (living.length > 1) {
        throw usageFailure(
          `Several people go by that: forget each by its link number or id (${living.map(({ link }) => link.number || (link.ids.teamwork ?? link.ids.desk)).join(', ')}).`,
        );
      }
      const links: number[] = [];
      for (const row of rows) links.push((await carryOut(parts, site.id, row, { verb: 'forget' })).link);
      answer(
        session,
        json,
        { forgotten: links },
        () =>
          `Forgotten: ${countText(links.length, 'link')} (${links.join(', ')}). Ids, times and reasons stay; what the two products hold is theirs.`,
      );
    });
}

function isLiving({ link }: LinkRow): boolean {
  return link.phase !== 'broken';
}
