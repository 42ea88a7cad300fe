/** `attention`: everything that waits for a person. */
import { explanations } from '../domain/explain';
import type { Reason } from '../domain/link';
import type { Attention, AttentionItem, Hold } from '../ports/holds';
import { holdText } from '../wording/hold-text';
import { newSiteCommand, programName } from './new-command';
import { chooseSite, type Session } from './session';
import { tableLines } from './table';
import type { Terminal } from './terminal';
import { lookOrWatch, watchHelp } from './watch';
import { codeText, countText, numberText } from '../wording/words';

/** Of each sort; the JSON has all of them. */
const shown = 20;

export function attentionCommand(session: Session) {
  return newSiteCommand('attention', 'List what waits for a person', [
    'attention',
    'attention --watch',
    'attention --json',
  ])
    .addHelpText(
      'after',
      `
failing    by link, for \`retry <id>\`; count: the record and, of a company, the people who wait for it
questions  by link, for \`answer <id>\`; count: the candidates
holds      by hold, for \`approve <id>\` or \`reject <id>\`; count: the records in it
alone      by link: Desk companies that nobody asked for (\`add-as-client\`) and what remained of broken links
           (\`relink\`, \`restore\`); count: the record and, of a company, the people in it`,
    )
    .option('--watch', watchHelp)
    .action(async ({ json, site: named, watch }) => {
      const { store, reads } = await session.storeParts();
      const site = await chooseSite(store, named);
      await lookOrWatch(session, { json, watch }, async () => {
        const [attention, holds] = await Promise.all([reads.attention(site.id), reads.holds(site.id)]);
        const text = () => describe(attention, holds, session.terminal);
        return { value: attention, text, isOver: false };
      });
    });
}

function describe(attention: Attention, holds: readonly Hold[], terminal: Terminal): string {
  const { failing, questions, alone } = attention;
  const links = (items: readonly AttentionItem[], next: (item: AttentionItem) => string) =>
    items.map((item) => [String(item.id), item.kind, next(item), whyText(item)]);
  const sections = [
    section(
      'Failing',
      'link',
      links(failing, ({ id }) => `retry ${id}`),
      terminal,
    ),
    section(
      'Questions',
      'link',
      links(questions, ({ id }) => `answer ${id} same <id>, or apart`),
      terminal,
    ),
    section(
      'Holds',
      'hold',
      holds.map((hold) => [
        ...[String(hold.number), hold.kind],
        `approve ${hold.number} --set ${hold.version}, or reject`,
        holdText(hold),
      ]),
      terminal,
    ),
    section(
      'Standing alone',
      'link',
      links(alone, ({ id }) => `explain ${id}`),
      terminal,
    ),
  ].filter((lines) => lines.length > 0);
  return sections.length === 0
    ? 'Nothing waits for a person.'
    : sections.map((lines) => lines.join('\n')).join('\n\n');
}

function section(
  title: string,
  of: 'link' | 'hold',
  rows: readonly (readonly string[])[],
  terminal: Terminal,
): string[] {
  if (rows.length === 0) return [];
  const more = rows.length - shown;
  const columns = [
    { title: of, align: 'right' as const },
    { title: 'kind' },
    { title: 'next' },
    { title: 'why', least: 20 },
  ];
  return [
    terminal.paint('strong', `${title}: ${numberText(rows.length)}`),
    ...tableLines(columns, rows.slice(0, shown), terminal),
    ...(more > 0 ? [`and ${numberText(more)} more; \`${programName} attention --json\` has them all`] : []),
  ];
}

function whyText({ reason, count }: AttentionItem): string {
  const sentence = isReason(reason) ? explanations[reason].sentence : codeText(reason);
  return reason === 'ambiguous_match' ? `${sentence} (${countText(count, 'candidate')})` : sentence;
}

function isReason(reason: AttentionItem['reason']): reason is Reason {
  return reason in explanations;
}
