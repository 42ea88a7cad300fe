/** What waits for a person: failing, questions, holds, and what stands alone. */
import type { ComponentChildren } from 'preact';
import type { AttentionItem, Hold } from '../../ports/holds';
import type { LinkRow } from '../../ports/reads';
import { holdText } from '../../wording/hold-text';
import { countText, numberText } from '../../wording/words';
import { sitePath, type SiteVisit } from '../route';
import { nameOf } from './links';
import { Empty, isOperator, PostForm, reasonText, Table, Time } from './parts';

/** Those that are shown, of all that there are. */
export interface Waiting {
  readonly total: number;
  readonly items: readonly { readonly item: AttentionItem; readonly row: LinkRow }[];
}

interface Props {
  readonly visit: SiteVisit;
  readonly failing: Waiting;
  readonly questions: Waiting;
  readonly alone: Waiting;
  readonly holds: readonly Hold[];
}

export function AttentionPage({ visit, failing, questions, alone, holds }: Props) {
  const site = visit.site.id;
  const isEmpty = [failing, questions, alone].every(({ total }) => total === 0) && holds.length === 0;
  return (
    <>
      {isEmpty && <Empty>Nothing waits for a person.</Empty>}
      {!isEmpty && (
        <p>
          <a class="button" href={sitePath(site, '/attention.csv')}>
            CSV of all
          </a>
        </p>
      )}
      <Part id="holds" title="Held: too much would change at once" total={holds.length}>
        <ul class="plain">
          {holds.map((hold) => (
            <li>
              <a href={sitePath(site, `/holds/${hold.number}`)}>{holdText(hold)}</a>, since{' '}
              <Time at={hold.openedAt} />
            </li>
          ))}
        </ul>
      </Part>
      <Part id="questions" title="Questions: who is whose counterpart" total={questions.total}>
        <Rows site={site} waiting={questions} countOf={({ count }) => countText(count, 'candidate')} />
      </Part>
      <Part id="failing" title="Failing" total={failing.total}>
        {isOperator(visit) && (
          <PostForm visit={visit} action={sitePath(site, '/attention/retry')}>
            <button>Try all {numberText(failing.total)} again</button>
          </PostForm>
        )}
        <Rows site={site} waiting={failing} countOf={({ count }) => countText(count, 'record')} />
      </Part>
      <Part
        id="alone"
        title="Standing alone: broken links, and companies that nobody asked for"
        total={alone.total}
      >
        {isOperator(visit) ? (
          <PostForm visit={visit} action={sitePath(site, '/attention/alone')}>
            <Rows site={site} waiting={alone} countOf={({ count }) => countText(count, 'record')} choosable />
            <p class="hint">
              Of a broken link the missing record is made anew, with its people; a Desk company becomes a
              client.
            </p>
            <button>Restore or add the chosen ones</button>
          </PostForm>
        ) : (
          <Rows site={site} waiting={alone} countOf={({ count }) => countText(count, 'record')} />
        )}
      </Part>
    </>
  );
}

interface PartProps {
  readonly id: string;
  readonly title: string;
  readonly total: number;
  readonly children: ComponentChildren;
}

function Part({ id, title, total, children }: PartProps) {
  if (total === 0) return null;
  return (
    <section id={id}>
      <h2>
        {title} <span class="count">{numberText(total)}</span>
      </h2>
      {children}
    </section>
  );
}

interface RowsProps {
  readonly site: string;
  readonly waiting: Waiting;
  readonly countOf: (item: AttentionItem) => string;
  readonly choosable?: boolean;
}

function Rows({ site, waiting: { items, total }, countOf, choosable = false }: RowsProps) {
  return (
    <>
      <Table heads={[...(choosable ? ['choose'] : []), 'record', 'kind', 'why', 'how many']}>
        <tbody>
          {items.map(({ item, row }) => (
            <tr>
              {choosable && (
                <td>
                  <input type="checkbox" name="link" value={item.id} aria-label={`choose link ${item.id}`} />
                </td>
              )}
              <th scope="row">
                <a href={sitePath(site, `/links/${item.id}`)}>{nameOf(row)}</a>
              </th>
              <td>{item.kind}</td>
              <td class="why">{reasonText(item.reason)}</td>
              <td>{countOf(item)}</td>
            </tr>
          ))}
        </tbody>
      </Table>
      {total > items.length && (
        <p class="hint">The first {numberText(items.length)} are shown; the CSV has them all.</p>
      )}
    </>
  );
}
