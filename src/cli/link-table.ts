/** Links as rows: the table and the JSON that companies, customers and every list of matches share. */
import type { Kind } from '../domain/record';
import type { LinkRow } from '../ports/reads';
import { tableLines, type Column } from './table';
import type { Terminal } from './terminal';
import { toneOf } from './tones';
import { codeText, numberText } from '../wording/words';

/** A name as one side has it; the other side's where the first has none. */
export function nameOf({ names, emails }: LinkRow): string {
  return [names.teamwork, names.desk, emails.teamwork, emails.desk].find((text) => text !== '') ?? '';
}

export function toJsonLink(row: LinkRow) {
  const { link, names, emails, companyLink, people } = row;
  const { number, kind, ids, status, reason, notes, activeSince, tombstone } = link;
  return {
    ...{
      link: number,
      kind,
      teamworkId: ids.teamwork,
      deskId: ids.desk,
      status,
      reason,
      notes,
      activeSince,
      tombstone,
    },
    ...{ names, emails },
    ...(kind === 'company' ? { people } : { companyLink }),
  };
}

export function linkLines(kind: Kind, rows: readonly LinkRow[], terminal: Terminal): string[] {
  const columns: Column[] = [
    { title: 'link', align: 'right' },
    { title: 'name', least: 12 },
    ...(kind === 'customer' ? [{ title: 'email', least: 12 }] : []),
    { title: 'Teamwork.com', align: 'right' },
    { title: 'Desk', align: 'right' },
    ...(kind === 'company' ? [{ title: 'people', align: 'right' as const }] : []),
    { title: 'status', least: 10 },
  ];
  const cells = rows.map((row) => {
    const { link, emails, people } = row;
    return [
      String(link.number),
      nameOf(row),
      ...(kind === 'customer' ? [emails.teamwork || emails.desk] : []),
      link.ids.teamwork ?? '–',
      link.ids.desk ?? '–',
      ...(kind === 'company' ? [numberText(people)] : []),
      { text: statusText(row), tone: toneOf[row.link.status] },
    ];
  });
  return tableLines(columns, cells, terminal);
}

function statusText({ link: { status, reason } }: LinkRow): string {
  return reason === null || reason === 'agreed'
    ? codeText(status)
    : `${codeText(status)}: ${codeText(reason)}`;
}
