/** Conflicts as they were decided: what both sides said then, what stood, by which rule, and how to choose the other. */
import type { LinkView } from '../../domain/plan';
import { sides, type FieldValue } from '../../domain/record';
import type { JournalEntry } from '../../ports/reads';
import { keptConflict, type KeptConflict } from '../../wording/conflict-text';
import { fieldTitles } from '../../wording/field-titles';
import { productOf } from '../../wording/words';
import type { SiteVisit } from '../route';
import { Value } from './field-value';
import { isOperator, Table, Time } from './parts';

interface Props {
  readonly visit: SiteVisit;
  readonly view: LinkView;
  readonly entries: readonly JournalEntry[];
  readonly own: string;
}

export function Conflicts({ visit, view, entries, own }: Props) {
  const conflicts = entries.flatMap((entry) => keptConflict(entry) ?? []);
  if (conflicts.length === 0) return null;
  const mayChoose = view.link.phase === 'active' && isOperator(visit);
  // Of several that a side lost over one field, the latest can be chosen; they come the latest first.
  const isLatest = ({ field, loser }: KeptConflict, index: number) =>
    conflicts.findIndex((one) => one.field === field && one.loser === loser) === index;
  return (
    <>
      <h3>Conflicts</h3>
      <p class="hint">Each as it was when it was decided.</p>
      <Table
        heads={[
          'when (UTC)',
          'field',
          'both had agreed on',
          ...sides.map((side) => `${productOf[side]} said`),
          'result',
          'rule',
          'other way',
        ]}
        class="fields"
      >
        <tbody>
          {conflicts.map((conflict, index) => (
            <tr>
              <td>
                <Time at={conflict.at} />
              </td>
              <th scope="row">{fieldTitles[conflict.field]}</th>
              <td>
                {conflict.base === null ? (
                  <span class="hint">nothing yet</span>
                ) : (
                  <Kept value={conflict.base} />
                )}
              </td>
              {sides.map((side) => (
                <td>
                  <Kept value={conflict.values[side]} />
                  {side === conflict.loser && <span class="hint"> lost</span>}
                </td>
              ))}
              <td>
                <Kept value={conflict.result} />
              </td>
              <td>{conflict.rule}</td>
              <td>
                {mayChoose && isLatest(conflict, index) && (
                  <a href={`${own}/choose?field=${conflict.field}&side=${conflict.loser}`}>
                    Choose {productOf[conflict.loser]}’s
                  </a>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </Table>
    </>
  );
}

function Kept({ value }: { readonly value: FieldValue | null | undefined }) {
  if (value === null) return <span class="hint">played no part</span>;
  return value === undefined ? <span class="hint">no longer kept</span> : <Value value={value} />;
}
