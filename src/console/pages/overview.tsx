/** A site at a glance: how everything stands, how fresh it is, what runs. */
import { statuses, type Status } from '../../domain/link';
import { kinds, sides, type Kind, type Side } from '../../domain/record';
import type { SideHooks } from '../../ports/hooks';
import type { Certificate } from '../../ports/certificates';
import type { Reads } from '../../ports/reads';
import type { Progress, Run } from '../../ports/runs';
import type { Site } from '../../ports/sites';
import type { Freshness } from '../../ports/watch';
import { freshnessClause } from '../../wording/freshness-text';
import { hooksClause } from '../../wording/hooks-text';
import { codeText, countText, numberText, pluralOf, productOf } from '../../wording/words';
import { sitePath } from '../route';
import { LatestCertificate } from './certificates';
import { Figure, StatusBadge, Table } from './parts';
import { Prose } from './prose';
import { RunProgress } from './run-progress';

export interface OverviewFacts {
  readonly site: Site;
  readonly counts: Awaited<ReturnType<Reads['statusCounts']>>;
  readonly freshness: Readonly<Record<Side, Freshness>>;
  readonly hooks: Readonly<Record<Side, SideHooks>>;
  readonly budgets: Awaited<ReturnType<Reads['budgets']>>;
  readonly run: Run | null;
  readonly progress: Progress | null;
  readonly certificate: Certificate | null;
}

export function Overview(facts: OverviewFacts) {
  const { site, counts, run, progress } = facts;
  const both = (status: Status) => kinds.reduce((sum, kind) => sum + countOf(counts, kind, status), 0);
  const notAsked = ['not_asked', 'unchecked'].map((reason) => counts.company.excluded?.[reason] ?? 0);
  const alone = both('broken') + notAsked.reduce((sum, count) => sum + count, 0);
  const attention = (part: string) => sitePath(site.id, `/attention#${part}`);
  return (
    <>
      <Stand site={site} />
      <section class="figures" aria-label="What waits for a person">
        <Figure value={both('in_sync')} title="in sync" />
        <Figure value={both('failing')} title="failing" href={attention('failing')} />
        <Figure value={both('question')} title="questions" href={attention('questions')} />
        <Figure value={both('held')} title="held" href={attention('holds')} />
        <Figure value={alone} title="broken or not asked for" href={attention('alone')} />
      </section>
      {run !== null && <RunProgress run={run} progress={progress} site={site.id} />}
      <StatusTable {...facts} />
      <LatestCertificate site={site} latest={facts.certificate} />
      <Sides {...facts} />
    </>
  );
}

function Stand({ site }: { readonly site: Site }) {
  return (
    <>
      {site.frozen !== null && (
        <p class="notice problem">
          <strong>Frozen.</strong> <Prose text={site.frozen} />
        </p>
      )}
      {site.paused.site && (
        <p class="notice">Paused: no new write starts. What changes meanwhile is not lost.</p>
      )}
      {site.paused.kinds.map((kind) => (
        <p class="notice">The {pluralOf[kind]} are paused: none of them is written.</p>
      ))}
      {site.adoptOnly && (
        <p class="notice">
          The vendor’s own sync seems to run here: records are only linked. Switch it off in Desk, then say so
          under <a href={sitePath(site.id, '/settings')}>Settings</a>.
        </p>
      )}
    </>
  );
}

function countOf(counts: OverviewFacts['counts'], kind: Kind, status: Status): number {
  return Object.values(counts[kind][status] ?? {}).reduce((sum, count) => sum + count, 0);
}

/** Every link and every lone record is in exactly one of these numbers (R31). */
function StatusTable({ site, counts }: OverviewFacts) {
  const totalOf = (kind: Kind) => statuses.reduce((sum, status) => sum + countOf(counts, kind, status), 0);
  return (
    <section>
      <h2>Every record, once</h2>
      <Table heads={['status', ...kinds.map((kind) => ({ number: pluralOf[kind] }))]} class="numbers">
        <tbody>
          {[...statuses].reverse().map((status) => (
            <tr>
              <th scope="row">
                <StatusBadge status={status} />
              </th>
              {kinds.map((kind) => (
                <td class="number">
                  <a
                    href={sitePath(site.id, `/${pluralOf[kind]}?status=${status}`)}
                    aria-label={`${numberText(countOf(counts, kind, status))} ${pluralOf[kind]} ${codeText(status)}`}
                  >
                    {numberText(countOf(counts, kind, status))}
                  </a>
                </td>
              ))}
            </tr>
          ))}
        </tbody>
        <tfoot>
          <tr>
            <th scope="row">all</th>
            {kinds.map((kind) => (
              <td class="number">{numberText(totalOf(kind))}</td>
            ))}
          </tr>
        </tfoot>
      </Table>
    </section>
  );
}

function Sides({ freshness, hooks, budgets }: OverviewFacts) {
  return (
    <section>
      <h2>Both sides</h2>
      <div class="cards">
        {sides.map((side) => {
          const { limitPerMinute, usedLastMinute } = budgets[side];
          return (
            <div class="card">
              <h3>{productOf[side]}</h3>
              <dl>
                <dt>Known</dt>
                <dd>{freshnessClause(freshness[side])}</dd>
                <dt>Webhooks</dt>
                <dd>{hooksClause(hooks[side])}</dd>
                <dt>API budget</dt>
                <dd>
                  <meter min={0} max={limitPerMinute} value={Math.min(usedLastMinute, limitPerMinute)}>
                    {usedLastMinute}
                  </meter>{' '}
                  {countText(usedLastMinute, 'call')} in the last minute of {numberText(limitPerMinute)}
                </dd>
              </dl>
            </div>
          );
        })}
      </div>
    </section>
  );
}
