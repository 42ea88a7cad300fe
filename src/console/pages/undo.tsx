/** What a run linked and created, to be unlinked again: said before it is done (R24). */
import { kinds } from '../../domain/record';
import type { RunLink, RunLinkCounts } from '../../ports/reads';
import type { Run } from '../../ports/runs';
import { numberText, pluralOf, productOf } from '../../wording/words';
import { sitePath, type SiteVisit } from '../route';
import { nameOf } from './links';
import { Empty, PostForm, Table, Time } from './parts';
import { modeText } from './run-progress';

interface Props {
  readonly visit: SiteVisit;
  readonly run: Run;
  readonly counts: RunLinkCounts;
  readonly links: readonly RunLink[];
  /** The number of the link that this page begins after. */
  readonly after: number;
  readonly hasMore: boolean;
}

export function UndoPage({ visit, run, counts, links, after, hasMore }: Props) {
  const own = sitePath(visit.site.id, `/runs/${run.id}`);
  // Nothing is chosen unless somebody chose it: what breaks, breaks for good until it is joined by hand.
  const isAll = visit.query.text('choose') === 'all';
  const here = `${own}/undo?after=${after}`;
  return (
    <>
      <p>
        <a href={own}>{modeText[run.mode]}</a> of <Time at={run.startedAt} />. Linked still:{' '}
        {kinds
          .map(
            (kind) =>
              `${numberText(counts[kind].linked)} ${pluralOf[kind]} that it linked and ${numberText(counts[kind].created)} that it created`,
          )
          .join('; ')}
        .
      </p>
      {links.length === 0 ? (
        <Empty>
          {after === 0
            ? 'Nothing of this run is linked any more, so there is nothing to undo.'
            : 'Nothing further of this run is linked.'}
        </Empty>
      ) : (
        <PostForm visit={visit} action={`${own}/undo`}>
          <input type="hidden" name="after" value={after} />
          <ul>
            <li>The links of the chosen records break. Nothing is written to either product.</li>
            <li>
              No record is deleted, neither here nor there: what the run created stays, and stands alone.
              Values that it wrote stay, too.
            </li>
            <li>While a company is unlinked, its people are not written. Relink joins any of them again.</li>
          </ul>
          <p>
            {isAll ? (
              <a href={here}>Choose none</a>
            ) : (
              <a href={`${here}&choose=all`}>Choose all {numberText(links.length)} shown here</a>
            )}
          </p>
          <Table heads={['choose', 'record', 'kind', 'what the run did', productOf.teamwork, productOf.desk]}>
            <tbody>
              {links.map((row) => (
                <tr>
                  <td>
                    <input
                      type="checkbox"
                      name="link"
                      value={row.link.number}
                      checked={isAll}
                      aria-label={`choose link ${row.link.number}`}
                    />
                  </td>
                  <th scope="row">
                    <a href={sitePath(visit.site.id, `/links/${row.link.number}`)}>{nameOf(row)}</a>
                  </th>
                  <td>{row.link.kind}</td>
                  <td>{row.did === 'created' ? 'created it on one side' : 'linked what was on both'}</td>
                  <td>{row.link.ids.teamwork}</td>
                  <td>{row.link.ids.desk}</td>
                </tr>
              ))}
            </tbody>
          </Table>
          <div class="actions">
            <button class="danger">Unlink the chosen ones</button>
            <a class="button" href={own}>
              Leave it
            </a>
          </div>
        </PostForm>
      )}
      <nav class="pager" aria-label="Pages">
        {after > 0 && <a href={`${own}/undo`}>First page</a>}
        {hasMore && (
          <a rel="next" href={`${own}/undo?after=${links.at(-1)?.link.number ?? after}`}>
            Next page
          </a>
        )}
      </nav>
    </>
  );
}
