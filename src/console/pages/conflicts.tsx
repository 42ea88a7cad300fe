/** Conflicts as they were decided: what both sides have now, the value that lost, by which rule, and how to choose it. */
import type { LinkView } from '../../domain/plan';
import { fieldsOf, sides, type Field } from '../../domain/record';
import type { JournalEntry } from '../../ports/reads';
import { productOf } from '../../wording/words';
import type { SiteVisit } from '../route';
import { fieldTitles, Value } from './field-value';
import { isOperator, Table, Time } from './parts';

interface Props {
  readonly visit: SiteVisit;
  readonly view: LinkView;
  readonly entries: readonly JournalEntry[];
  readonly own: string;
}

export function Conflicts({ visit, view, entries, own }: Props) {
  const conflicts = entries.filter(({ event }) => event === 'conflict');
  if (conflicts.length === 0) return null;
  return (
    <>
      <h3>Conflicts</h3>
      <Table
        heads={[
          'when (UTC)',
          'field',
          'lost',
          ...sides.map((side) => `${productOf[side]} now`),
          'rule',
          'other way',
        ]}
        class="fields"
      >
        <tbody>
          {conflicts.map(({ at, side, detail }) => {
            const field = fieldsOf[view.link.kind].find((one) => one === detail.field);
            return (
              <tr>
                <td>
                  <Time at={at} />
                </td>
                <th scope="row">{field === undefined ? String(detail.field) : fieldTitles[field]}</th>
                <td>
                  “{textOf(detail.value)}” of {side === null ? 'one side' : productOf[side]}
                </td>
                {sides.map((one) => (
                  <td>
                    <ValueOf view={view} side={one} field={field} />
                  </td>
                ))}
                <td>
                  {detail.rule === 'policy'
                    ? 'Both were edited, and the conflict policy decided.'
                    : 'When they were first matched, both had a value.'}
                </td>
                <td>
                  {side !== null && view.link.phase === 'active' && isOperator(visit) && (
                    <a href={`${own}/choose?field=${String(detail.field)}&side=${side}`}>Choose it instead</a>
                  )}
                </td>
              </tr>
            );
          })}
        </tbody>
      </Table>
    </>
  );
}

interface ValueOfProps {
  readonly view: LinkView;
  readonly side: (typeof sides)[number];
  readonly field: Field | undefined;
}

function ValueOf({ view, side, field }: ValueOfProps) {
  const record = view.records[side];
  return record === null || field === undefined ? <>–</> : <Value value={record.fields[field]} />;
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}
