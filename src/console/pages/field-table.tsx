/** Both sides and the base of every field; where they differ, and whose value an operator may choose (R11, R27). */
import { isBlank, sameValue } from '../../domain/canonical';
import type { LinkView } from '../../domain/plan';
import { fieldsOf, sides, type Field, type FieldValue, type Side } from '../../domain/record';
import type { JournalEntry } from '../../ports/reads';
import { fieldTitles } from '../../wording/field-titles';
import { productOf } from '../../wording/words';
import type { SiteVisit } from '../route';
import { Conflicts } from './conflicts';
import { Value } from './field-value';
import { isOperator, Table } from './parts';

interface Props {
  readonly visit: SiteVisit;
  readonly view: LinkView;
  readonly entries: readonly JournalEntry[];
  readonly own: string;
}

export function FieldTable({ visit, view, entries, own }: Props) {
  const { link, records } = view;
  return (
    <section>
      <h2>Both sides</h2>
      <Table
        heads={['field', ...sides.map((side) => sideHead(view, side)), 'when both last agreed']}
        class="fields"
      >
        <tbody>
          {fieldsOf[link.kind].map((field) => {
            const isApart = differ(view, field);
            return (
              <tr class={isApart ? 'apart' : ''}>
                <th scope="row">
                  {fieldTitles[field]}
                  {isApart && <span class="hint"> differs</span>}
                </th>
                {sides.map((side) => (
                  <td>
                    {records[side] === null ? '–' : <Value value={records[side].fields[field]} />}
                    {isApart && link.phase === 'active' && isOperator(visit) && (
                      <>
                        {' '}
                        <a class="quiet" href={`${own}/choose?field=${field}&side=${side}`}>
                          choose
                        </a>
                      </>
                    )}
                  </td>
                ))}
                <td>
                  <Base value={link.bases.teamwork[field] ?? link.bases.desk[field]} />
                </td>
              </tr>
            );
          })}
        </tbody>
      </Table>
      <Conflicts visit={visit} view={view} entries={entries} own={own} />
    </section>
  );
}

function sideHead(view: LinkView, side: Side): string {
  return `${productOf[side]} ${view.records[side] === null ? '(no record)' : standOf(view, side)}`.trim();
}

function standOf({ records }: LinkView, side: Side): string {
  const record = records[side];
  if (record === null || record.presence === 'gone') return '(gone)';
  return record.deleted ? '(in the trash)' : record.presence === 'missing' ? '(missing)' : '';
}

/** Of companies the ids differ by nature: they agree where both are of one link. */
function differ({ link, records, parents }: LinkView, field: Field): boolean {
  const { teamwork, desk } = records;
  if (link.phase !== 'active' || teamwork === null || desk === null) return false;
  if (field === 'company') return parents.teamwork?.link?.number !== parents.desk?.link?.number;
  const [one, other] = [teamwork.fields[field], desk.fields[field]];
  if (one === undefined || other === undefined) return false;
  // A picture has an address of its own on each side.
  if (field === 'avatar') return isBlank(one) !== isBlank(other);
  return !sameValue(field, one, other);
}

function Base({ value }: { readonly value: FieldValue | undefined }) {
  return value === undefined ? <>–</> : <Value value={value} />;
}
