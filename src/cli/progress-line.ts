/** One line that tells how far a run is. */
import type { Progress, RunMode, RunPhase } from '../ports/runs';
import { cutTo, padTo } from './plain-text';
import { countText, durationText, numberText } from '../wording/words';

const doing: Readonly<Record<RunPhase, string>> = {
  survey: 'Reading both sides',
  companies: 'Companies',
  customers: 'People',
  proof: 'Comparing',
  done: 'Done',
};

const barColumns = { least: 8, most: 30 };
const figuresColumns = 46;

/** `People  ━━━━━━╌╌╌╌  1,204/2,000  60 %  480/min  1 min 20 s left`, cut to the width. */
export function progressLine(progress: Progress, mode: RunMode, width: number): string {
  const { phase, done, total, pagesRead, ratePerMinute, secondsLeft } = progress;
  const what =
    mode === 'plan' && phase !== 'survey' ? `Planning: ${doing[phase].toLowerCase()}` : doing[phase];
  if (phase === 'survey') return cutTo(`${what}  ${countText(pagesRead, 'page')} read`, width);
  return total === 0
    ? cutTo(what, width)
    : figuresLine(what, { done, total, ratePerMinute, secondsLeft }, width);
}

/** What is being done, a bar, and the figures; cut to the width. */
export function figuresLine(
  what: string,
  figures: Pick<Progress, 'done' | 'total' | 'ratePerMinute' | 'secondsLeft'>,
  width: number,
): string {
  const { done, total, ratePerMinute, secondsLeft } = figures;
  const facts = [
    `${numberText(done)}/${numberText(total)}`,
    `${Math.floor((100 * done) / total)} %`,
    ...(ratePerMinute === null ? [] : [`${numberText(Math.round(ratePerMinute))}/min`]),
    ...(secondsLeft === null ? [] : [`${durationText(secondsLeft)} left`]),
  ].join('  ');
  const head = padTo(what, doing.survey.length);
  // The bar keeps its length while the figures change theirs.
  const room = width - head.length - Math.max(facts.length, figuresColumns) - 4;
  if (room < barColumns.least) return cutTo(`${head}  ${facts}`, width);
  return `${head}  ${bar(done / total, Math.min(room, barColumns.most))}  ${facts}`;
}

function bar(share: number, columns: number): string {
  const full = Math.floor(Math.min(1, Math.max(0, share)) * columns);
  return '━'.repeat(full) + '╌'.repeat(columns - full);
}
