/** Everything that happened to a link, the latest first, each with the run that it belongs to and Temporal's own. */
import type { JournalEntry } from '../../ports/reads';
import { keptConflict } from '../../wording/conflict-text';
import { fieldTitles } from '../../wording/field-titles';
import { codeText, productOf } from '../../wording/words';
import { sitePath, type SiteVisit } from '../route';
import { runHref } from '../temporal-ui';
import { Empty, reasonText, Time } from './parts';

interface Props {
  readonly visit: SiteVisit;
  readonly entries: readonly JournalEntry[];
}

export function Timeline({ visit, entries }: Props) {
  const { temporalUi } = visit.ports;
  return (
    <section>
      <h2>What happened</h2>
      {entries.length === 0 && <Empty>Nothing has happened to it yet.</Empty>}
      <ol class="timeline">
        {entries.map((entry) => (
          <li>
            <Time at={entry.at} /> <strong>{codeText(entry.event)}</strong>
            {entry.side === null ? '' : ` in ${productOf[entry.side]}`}
            {factsOf(entry).map((fact) => (
              <span class="fact">{fact}</span>
            ))}
            {entry.run !== null && (
              <a class="fact" href={sitePath(visit.site.id, `/runs/${entry.run}`)}>
                run
              </a>
            )}
            {temporalUi !== null && entry.workflow !== null && (
              <a class="fact" href={runHref(temporalUi, entry.workflow.id, entry.workflow.run)}>
                Temporal run
              </a>
            )}
          </li>
        ))}
      </ol>
    </section>
  );
}

function factsOf(entry: JournalEntry): string[] {
  const conflict = keptConflict(entry);
  // Its values stand among the conflicts.
  if (conflict !== null) return [fieldTitles[conflict.field], conflict.rule];
  const { reason, ...detail } = entry.detail;
  const facts = Object.entries(detail).flatMap(([key, value]) =>
    value === null || value === undefined ? [] : [`${codeText(key)} ${textOf(value)}`],
  );
  return typeof reason === 'string' ? [reasonText(reason), ...facts] : facts;
}

function textOf(value: unknown): string {
  if (Array.isArray(value)) return value.join(', ');
  return typeof value === 'string' ? codeText(value) : JSON.stringify(value);
}
