/** How far a run is, and how it ended. */
import type { Progress, Run, RunPhase } from '../../ports/runs';
import { countText, durationText, numberText } from '../../wording/words';
import { sitePath } from '../route';
import { Time } from './parts';

export const modeText = { sync: 'InitialSync', plan: 'Plan', sweep: 'Daily sweep' } as const;

const doing: Readonly<Record<RunPhase, string>> = {
  survey: 'reading both sides',
  companies: 'companies',
  customers: 'people',
  proof: 'comparing',
  done: 'done',
};

interface Props {
  readonly run: Run;
  readonly progress: Progress | null;
  readonly site: string;
}

export function RunProgress({ run, progress, site }: Props) {
  const { mode, state, startedAt, finishedAt } = run;
  const isOver = state === 'finished' || state === 'cancelled';
  return (
    <section>
      <h2>
        <a href={sitePath(site, `/runs/${run.id}`)}>{modeText[mode]}</a>
      </h2>
      {isOver || progress === null ? (
        <p>
          {state === 'finished' ? 'Finished' : state === 'cancelled' ? 'Cancelled' : 'Started'}{' '}
          <Time at={finishedAt ?? startedAt} />
          {finishedAt !== null &&
            ` after ${durationText((Date.parse(finishedAt) - Date.parse(startedAt)) / 1_000)}`}
          .
        </p>
      ) : (
        <Running progress={progress} isPaused={state === 'paused'} />
      )}
    </section>
  );
}

function Running({ progress, isPaused }: { readonly progress: Progress; readonly isPaused: boolean }) {
  const { phase, done, total, pagesRead, ratePerMinute, secondsLeft } = progress;
  return (
    <>
      <progress
        max={Math.max(1, total)}
        value={phase === 'survey' ? undefined : done}
        aria-label="Progress"
      />
      <p>
        {isPaused ? 'Paused; ' : ''}
        {doing[phase]}
        {phase === 'survey' ? `: ${countText(pagesRead, 'page')} read` : ''}
        {total > 0 && phase !== 'survey' ? `: ${numberText(done)} of ${numberText(total)}` : ''}
        {ratePerMinute === null ? '' : `, ${numberText(ratePerMinute)} a minute`}
        {secondsLeft === null ? '' : `, about ${durationText(secondsLeft)} left`}
      </p>
    </>
  );
}
