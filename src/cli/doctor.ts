/** `doctor`: looks into every part that the sync needs; a line each, with what to do where it is not well. */
import { exitCode, failureFrom } from './failures';
import { diagnoseSite } from './doctor-site';
import { fewAtOnce, sitesAtOnce } from '../few-at-once';
import { newSiteCommand } from './new-command';
import { harmless, padTo, widthOf } from './plain-text';
import type { StoreParts } from '../engine-parts';
import { answer, chooseSite, type Session } from './session';
import type { Terminal, Tone } from './terminal';

/** `warning`: it works, and somebody should know. */
export interface Finding {
  readonly part: string;
  readonly state: 'ok' | 'warning' | 'wrong';
  readonly detail: string;
  /** What to do; null where nothing is to be done. */
  readonly action: string | null;
}

export function doctorCommand(session: Session) {
  return newSiteCommand(
    'doctor',
    'Look into every part that the sync needs, and say what to do where it is not well',
    ['doctor', 'doctor --site acme --json'],
  ).action(async ({ json, site: named }) => {
    const findings: Finding[] = [configuration(session)];
    if (findings.every(isWell)) {
      findings.push(await database(session), ...(await temporal(session)));
      if (findings[1] !== undefined && isWell(findings[1]))
        findings.push(...(await sites(await session.storeParts(), named)));
    }
    const well = findings.every(isWell);
    const columns = Math.max(...findings.map(({ part }) => widthOf(part)));
    answer(session, json, { well, findings }, () =>
      findings.flatMap((one) => lines(one, columns, session.terminal)).join('\n'),
    );
    if (!well) session.exitWith(exitCode.no);
  });
}

function isWell({ state }: Finding): boolean {
  return state !== 'wrong';
}

function configuration(session: Session): Finding {
  const [problem, ...others] = session.configProblems();
  if (problem === undefined) return { part: 'configuration', state: 'ok', detail: 'complete', action: null };
  const more = others.length === 0 ? '' : ` (and ${others.length} more: ${others.join('; ')})`;
  return {
    part: 'configuration',
    state: 'wrong',
    detail: problem + more,
    action: 'Run `npm start`, or set the variables that the README lists.',
  };
}

async function database(session: Session): Promise<Finding> {
  const part = 'database';
  try {
    const missing = await session.missingMigrations();
    if (missing.length === 0)
      return { part, state: 'ok', detail: 'reachable, its schema is up to date', action: null };
    const detail = `reachable, and lacks ${missing.join(', ')}`;
    return {
      part,
      state: 'wrong',
      detail,
      action: 'Start the worker or `npm start` of this version once: it brings the schema up to date.',
    };
  } catch (error) {
    return {
      part,
      state: 'wrong',
      detail: reasonOf(error),
      action: 'Start Postgres (`npm start` brings its own), or correct DATABASE_URL.',
    };
  }
}

async function temporal(session: Session): Promise<Finding[]> {
  const part = 'Temporal';
  try {
    const client = await session.temporal();
    const idle = [...(await client.pollers())].filter(([, count]) => count === 0).map(([queue]) => queue);
    const worker: Finding =
      idle.length === 0
        ? { part: 'worker', state: 'ok', detail: 'polls every queue', action: null }
        : {
            part: 'worker',
            state: 'wrong',
            detail: `nobody polls ${idle.join(', ')}`,
            action: 'Start a worker: `npm start` does.',
          };
    return [{ part, state: 'ok', detail: 'reachable', action: null }, worker];
  } catch (error) {
    return [
      {
        part,
        state: 'wrong',
        detail: reasonOf(error),
        action: 'Start Temporal (`npm start` brings its own), or correct TEMPORAL_ADDRESS.',
      },
    ];
  }
}

async function sites(parts: StoreParts, named: string | undefined): Promise<Finding[]> {
  const all = named === undefined ? await parts.store.sites() : [await chooseSite(parts.store, named)];
  if (all.length === 0) {
    return [
      { part: 'sites', state: 'warning', detail: 'none is connected yet', action: 'Connect one: `connect`.' },
    ];
  }
  return (await fewAtOnce(all, sitesAtOnce, (site) => diagnoseSite(parts, site))).flat();
}

function reasonOf(error: unknown): string {
  return harmless(
    error instanceof Error && error.message !== '' ? error.message : failureFrom(error).message,
  );
}

const marks: Readonly<Record<Finding['state'], readonly [string, Tone]>> = {
  ok: ['✓', 'good'],
  warning: ['!', 'warn'],
  wrong: ['✗', 'bad'],
};

function lines({ part, state, detail, action }: Finding, columns: number, { paint }: Terminal): string[] {
  const [mark, tone] = marks[state];
  const head = `${paint(tone, mark)} ${padTo(part, columns)}  ${harmless(detail)}`;
  return action === null ? [head] : [head, `  ${' '.repeat(columns)}  → ${harmless(action)}`];
}
