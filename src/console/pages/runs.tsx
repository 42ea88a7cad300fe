/** Runs and what they came to; a plan with what an InitialSync would do. */
import { kinds, sides } from '../../domain/record';
import type { PlanReport, Progress, Run } from '../../ports/runs';
import { planCostText } from '../../wording/plan-cost';
import { codeText, countText, durationText, numberText, pluralOf, productOf } from '../../wording/words';
import { sitePath, type SiteVisit } from '../route';
import { Empty, isOperator, PostForm, Table, Time } from './parts';
import { modeText, RunProgress } from './run-progress';

interface RunsProps {
  readonly visit: SiteVisit;
  readonly runs: readonly Run[];
  readonly latest: Run | null;
}

export function RunsPage({ visit, runs, latest }: RunsProps) {
  const { id } = visit.site;
  return (
    <>
      {isOperator(visit) && (
        <div class="actions">
          <PostForm visit={visit} action={sitePath(id, '/runs/plan')}>
            <button>Make a plan</button>
          </PostForm>
          <PostForm visit={visit} action={sitePath(id, '/runs/sync')}>
            <button class="main">
              {latest === null ? 'Start the InitialSync' : 'Start an InitialSync again'}
            </button>
          </PostForm>
        </div>
      )}
      <p class="hint">
        A plan reads both sides and writes nothing; it says what would be created, linked and asked, and what
        it costs.
      </p>
      {runs.length === 0 ? (
        <Empty>Nothing has run yet.</Empty>
      ) : (
        <Table heads={['run', 'started', 'took', 'state', { number: 'calls' }]}>
          <tbody>
            {runs.map((run) => (
              <tr>
                <th scope="row">
                  <a href={sitePath(id, `/runs/${run.id}`)}>{modeText[run.mode]}</a>
                </th>
                <td>
                  <Time at={run.startedAt} />
                </td>
                <td>{run.finishedAt === null ? '' : tookText(run)}</td>
                <td>{run.state}</td>
                <td class="number">{numberText(sides.reduce((sum, side) => sum + run.calls[side], 0))}</td>
              </tr>
            ))}
          </tbody>
        </Table>
      )}
    </>
  );
}

function tookText({ startedAt, finishedAt }: Run): string {
  return durationText((Date.parse(finishedAt ?? startedAt) - Date.parse(startedAt)) / 1_000);
}

interface RunProps {
  readonly visit: SiteVisit;
  readonly run: Run;
  readonly progress: Progress | null;
  readonly plan: PlanReport | null;
  readonly href: string | null;
}

export function RunPage({ visit, run, progress, plan, href }: RunProps) {
  const { id } = visit.site;
  const isOpen = run.state === 'running' || run.state === 'paused';
  return (
    <>
      <div {...(isOpen ? { 'data-live': sitePath(id, `/runs/${run.id}/live`) } : {})}>
        <RunProgress run={run} progress={progress} site={id} />
      </div>
      {href !== null && (
        <p>
          <a href={href}>This run in Temporal</a>
        </p>
      )}
      {isOperator(visit) && isOpen && run.mode === 'sync' && (
        <div class="actions">
          <PostForm
            visit={visit}
            action={sitePath(id, `/runs/${run.state === 'paused' ? 'resume' : 'pause'}`)}
          >
            <button>{run.state === 'paused' ? 'Resume' : 'Pause'}</button>
          </PostForm>
          <PostForm visit={visit} action={sitePath(id, '/runs/cancel')}>
            <button class="danger">Cancel</button>
          </PostForm>
        </div>
      )}
      {isOperator(visit) && !isOpen && run.mode !== 'plan' && (
        <p>
          <a class="button" href={sitePath(id, `/runs/${run.id}/undo`)}>
            Undo what it linked…
          </a>
        </p>
      )}
      <WhatCame visit={visit} run={run} plan={plan} />
    </>
  );
}

function WhatCame({ visit, run, plan }: Pick<RunProps, 'visit' | 'run' | 'plan'>) {
  if (!run.decisionsKept) {
    return (
      <p>
        What this plan decided is no longer kept, for later plans were made. A new one shows how things stand.
      </p>
    );
  }
  return plan === null ? <Outcomes run={run} /> : <PlanTable visit={visit} plan={plan} />;
}

function Outcomes({ run: { counts, calls } }: { readonly run: Run }) {
  return (
    <section>
      <h2>What came of it</h2>
      {kinds.map((kind) => (
        <>
          <h3>{pluralOf[kind]}</h3>
          <ul class="plain">
            {Object.entries(counts.outcomes[kind])
              .sort(([, one], [, other]) => other - one)
              .map(([what, count]) => (
                <li>
                  <strong>{numberText(count)}</strong> {codeText(what)}
                </li>
              ))}
          </ul>
        </>
      ))}
      <p class="hint">
        Calls: {sides.map((side) => `${productOf[side]} ${numberText(calls[side])}`).join(', ')}.
      </p>
    </section>
  );
}

const companiesShown = 500;

function PlanTable({ visit, plan }: { readonly visit: SiteVisit; readonly plan: PlanReport }) {
  const { companies, counts, replaced } = plan;
  const present = visit.site.settings.budgetShare;
  const asked = Number(visit.query.text('share')) / 100;
  const share = asked >= 0.05 && asked <= 1 ? asked : present;
  return (
    <section>
      <h2>What an InitialSync would do</h2>
      {kinds.map((kind) => (
        <p>
          {pluralOf[kind]}:{' '}
          {Object.entries(counts[kind])
            .map(([what, count]) => `${numberText(count)} ${codeText(what)}`)
            .join(', ')}
        </p>
      ))}
      <p>{planCostText(plan, present, share)}</p>
      <form method="get" class="filters">
        <label>
          With another share of the limits, in per cent
          <input name="share" type="number" min={5} max={100} value={Math.round(share * 100)} required />
        </label>
        <button>Reckon</button>
      </form>
      {replaced.length > 0 && (
        <p>{countText(replaced.length, 'value')} would be replaced by the other side’s at a first match.</p>
      )}
      <Table heads={['company', 'would be', 'its people']}>
        <tbody>
          {companies.slice(0, companiesShown).map(({ name, outcome, people }) => (
            <tr>
              <th scope="row">{name === '' ? '(in no company)' : name}</th>
              <td>{codeText(outcome)}</td>
              <td>
                {Object.entries(people)
                  .map(([what, count]) => `${numberText(count)} ${codeText(what)}`)
                  .join(', ')}
              </td>
            </tr>
          ))}
        </tbody>
      </Table>
      {companies.length > companiesShown && (
        <p class="hint">
          The first {numberText(companiesShown)} of {numberText(companies.length)} companies.
        </p>
      )}
    </section>
  );
}
