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
}

export function UndoPage({ visit, run, counts, links }: Props) {
  const own = sitePath(visit.site.id, `/runs/${run.id}`);
  const total = kinds.reduce((sum, kind) => sum + counts[kind].linked + counts[kind].created, 0);
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
        <Empty>Nothing of this run is linked any more, so there is nothing to undo.</Empty>
      ) : (
        <PostForm visit={visit} action={`${own}/undo`}>
          <ul>
            <li>The links of the chosen records break. Nothing is written to either product.</li>
            <li>
              No record is deleted, neither here nor there: what the run created stays, and stands alone.
              Values that it wrote stay, too.
            </li>
            <li>While a company is unlinked, its people are not written. Relink joins any of them again.</li>
          </ul>
          <Table heads={['choose', 'record', 'kind', 'what the run did', productOf.teamwork, productOf.desk]}>
            <tbody>
              {links.map((row) => (
                <tr>
                  <td>
                    <input
                      type="checkbox"
                      name="link"
                      value={row.link.number}
                      checked
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
          {total > links.length && (
            <p class="hint">
              The first {numberText(links.length)} of {numberText(total)}; the next come when these are done.
            </p>
          )}
          <div class="actions">
            <button class="danger">Unlink the chosen ones</button>
            <a class="button" href={own}>
              Leave it
            </a>
          </div>
        </PostForm>
      )}
    </>
  );
}
