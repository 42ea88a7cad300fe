/** `explain <record>`: the chain of reasons for every record that goes by that, and the one action (R31). */
import { explanations } from '../domain/explain';
import { explainLink, type Explanation } from '../domain/explanation';
import type { Link } from '../domain/link';
import type { Because, LinkView } from '../domain/plan';
import type { LinkRow } from '../ports/reads';
import type { Store } from '../ports/store';
import { linksNamed, recordForms } from './matches';
import { nameOf } from './link-table';
import { newSiteCommand } from './new-command';
import { harmless } from './plain-text';
import { answer, chooseSite, type Session } from './session';
import type { Terminal } from './terminal';
import { toneOf } from './tones';
import { codeText, productOf } from '../wording/words';

interface Match {
  readonly row: LinkRow;
  readonly explanation: Explanation;
}

export function explainCommand(session: Session) {
  return newSiteCommand(
    'explain',
    'Say why a record is linked, waits, fails or stands alone, and what would change it',
    ['explain ada@example.com', 'explain desk:1042 --json'],
  )
    .argument('<record>', recordForms)
    .action(async (record, { json, site: named }) => {
      const { store, reads } = await session.storeParts();
      const site = await chooseSite(store, named);
      const matches: Match[] = [];
      for (const row of await linksNamed(reads, site.id, record)) {
        const view = await viewOf(store, site.id, row.link);
        if (view !== null)
          matches.push({ row: { ...row, link: view.link }, explanation: explainLink(view, site) });
      }
      answer(session, json, { matches: matches.map(toJsonMatch) }, () =>
        [
          ...(site.frozen === null ? [] : [`The site is frozen: ${harmless(site.frozen)}`]),
          ...matches.map((match) => describe(match, session.terminal)),
        ].join('\n\n'),
      );
    });
}

/** A record that no decision has been taken on has no link yet; what would be decided is told all the same. */
async function viewOf(store: Store, site: string, { number, kind, ids }: Link): Promise<LinkView | null> {
  if (number !== 0) return store.view(site, number);
  const side = ids.teamwork === null ? 'desk' : 'teamwork';
  return store.viewOfRecord(site, kind, side, ids[side] ?? '');
}

function toJsonMatch({ row: { link }, explanation }: Match) {
  const { status, reason, because, action, notes, origin } = explanation;
  return {
    kind: link.kind,
    teamworkId: link.ids.teamwork,
    deskId: link.ids.desk,
    link: link.number === 0 ? null : link.number,
    status,
    reason,
    because: because.map((fact) => ({
      reason: fact.reason,
      kind: fact.kind,
      id: fact.id,
      side: fact.side,
      link: fact.link === 0 ? null : fact.link,
      sentence: explanations[fact.reason].sentence,
    })),
    action,
    notes,
    origin,
  };
}

function describe({ row, explanation }: Match, { paint }: Terminal): string {
  const { link } = row;
  const { status, reason, because, action, notes, origin } = explanation;
  const tone = toneOf[status];
  const where = (['teamwork', 'desk'] as const).map(
    (side) => `${productOf[side]} ${link.ids[side] ?? 'none'}`,
  );
  return [
    paint('strong', `${link.kind} ${harmless(nameOf(row))}`),
    `  ${link.number === 0 ? 'no link yet' : `link ${link.number}`}: ${where.join(', ')}${origin === null ? '' : `; the Desk customer came from: ${origin}`}`,
    `  ${tone === null ? codeText(status) : paint(tone, codeText(status))}: ${codeText(reason)}`,
    ...because.map((fact) => `    because ${factText(fact, link.number)}`),
    ...notes.map((note) => `    ${note.field}: ${codeText(note.reason)}`),
    ...(action === null ? [] : [`  what would change it: ${action}`]),
  ].join('\n');
}

function factText({ reason, kind, side, id, link }: Because, own: number): string {
  const about =
    link === own
      ? ''
      : ` (${kind}${id === null || side === null ? '' : ` ${productOf[side]} ${id}`}${link === null || link === 0 ? '' : `, link ${link}`})`;
  return `${explanations[reason].sentence}${about}`;
}
