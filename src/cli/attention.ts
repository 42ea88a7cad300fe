/** `attention`: everything that waits for a person. */
import { explanations } from '../domain/explain';
import type { Reason } from '../domain/link';
import type { AttentionItem } from '../ports/holds';
import { holdText } from '../wording/hold-text';
import { newSiteCommand, programName } from './new-command';
import { answer, chooseSite, type Session } from './session';
import { codeText, countText, numberText } from '../wording/words';

/** Of each sort; the JSON has all of them. */
const shown = 20;

export function attentionCommand(session: Session) {
  return newSiteCommand('attention', 'List what waits for a person', ['attention', 'attention --json'])
    .addHelpText(
      'after',
      `
failing    by link, for \`retry <id>\`; count: the record and, of a company, the people who wait for it
questions  by link, for \`answer <id>\`; count: the candidates
holds      by hold, for \`approve <id>\` or \`reject <id>\`; count: the records in it
alone      by link: Desk companies that nobody asked for (\`add-as-client\`) and what remained of broken links
           (\`relink\`, \`restore\`); count: the record and, of a company, the people in it`,
    )
    .action(async ({ json, site: named }) => {
      const { store, reads } = await session.storeParts();
      const site = await chooseSite(store, named);
      const [attention, holds] = await Promise.all([reads.attention(site.id), reads.holds(site.id)]);
      answer(session, json, attention, () => {
        const { failing, questions, alone } = attention;
        const parts = [
          section('Failing', failing, (item) => [linkText(item), `\`retry ${item.id}\``]),
          section('Questions', questions, (item) => [
            `${linkText(item)} (${countText(item.count, 'candidate')})`,
            `\`answer ${item.id} same <id>\` or \`answer ${item.id} apart\``,
          ]),
          section('Holds', holds, (hold) => [
            holdText(hold),
            `\`approve ${hold.number} --set ${hold.version}\` or \`reject ${hold.number} --set ${hold.version}\``,
          ]),
          section('Standing alone', alone, (item) => [linkText(item), `\`explain ${item.id}\``]),
        ].flat();
        return parts.length === 0 ? 'Nothing waits for a person.' : parts.join('\n');
      });
    });
}

function section<T>(title: string, items: readonly T[], lines: (item: T) => readonly string[]): string[] {
  if (items.length === 0) return [];
  const more = items.length - shown;
  return [
    `${title}: ${numberText(items.length)}`,
    ...items.slice(0, shown).map((item) => `  ${lines(item).join(' — ')}`),
    ...(more > 0 ? [`  and ${numberText(more)} more; \`${programName} attention --json\` has them all`] : []),
  ];
}

function linkText({ id, kind, reason }: AttentionItem): string {
  const sentence = isReason(reason) ? explanations[reason].sentence : codeText(reason);
  return `${kind} link ${id}: ${sentence}`;
}

function isReason(reason: AttentionItem['reason']): reason is Reason {
  return reason in explanations;
}
