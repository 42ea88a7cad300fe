/** What this process counted of deliveries, and how much work waits, as Prometheus reads it. */
import type { FastifyInstance } from 'fastify';
import { sides, type Side } from '../domain/record';
import type { Backlog, Kept } from '../ports/deliveries';
import type { Store } from '../ports/store';
import { inTime } from './recorder';

const outcomes = [
  'waiting',
  'coalesced',
  'noted',
  'repeated',
  'not_signed',
  'refused',
  'unavailable',
] as const;
type Outcome = (typeof outcomes)[number] & (Kept | 'not_signed' | 'refused' | 'unavailable');

export interface Figures {
  count(side: Side, outcome: Outcome): void;
  /** By side and outcome. */
  counted(side: Side, outcome: Outcome): number;
}

export function newFigures(): Figures {
  const counts = new Map<string, number>();
  const keyOf = (side: Side, outcome: Outcome) => `${side} ${outcome}`;
  return {
    count(side, outcome) {
      counts.set(keyOf(side, outcome), (counts.get(keyOf(side, outcome)) ?? 0) + 1);
    },
    counted: (side, outcome) => counts.get(keyOf(side, outcome)) ?? 0,
  };
}

export function metricsRoute(app: FastifyInstance, figures: Figures, store: Pick<Store, 'backlogs'>): void {
  app.get('/metrics', async (_request, reply) => {
    const backlogs = await inTime(store.backlogs()).catch(() => null);
    void reply.header('content-type', 'text/plain; version=0.0.4; charset=utf-8');
    return [
      ...deliveries(figures),
      ...metric('store_up', 'gauge', 'Whether Postgres answered.', [['', backlogs === null ? 0 : 1]]),
      ...waiting(backlogs ?? []),
      '',
    ].join('\n');
  });
}

function deliveries(figures: Figures): string[] {
  const rows = sides.flatMap((side) =>
    outcomes.map((outcome): Row => [labels({ side, outcome }), figures.counted(side, outcome)]),
  );
  return metric('deliveries_total', 'counter', 'Deliveries of webhooks that this process answered.', rows);
}

function waiting(backlogs: readonly Backlog[]): string[] {
  const bySite = (value: (backlog: Backlog) => number) =>
    backlogs.map((backlog): Row => [labels({ site: backlog.site }), value(backlog)]);
  return [
    ...metric(
      'deliveries_waiting',
      'gauge',
      'Deliveries kept and not dispatched yet.',
      bySite((one) => one.waiting),
    ),
    ...metric(
      'oldest_delivery_seconds',
      'gauge',
      'Age of the oldest delivery that waits.',
      bySite((one) => one.oldestWaitingSeconds),
    ),
    ...metric(
      'due_links',
      'gauge',
      'Links that have something to do.',
      bySite((one) => one.due),
    ),
  ];
}

type Row = readonly [labels: string, value: number];

function metric(name: string, type: 'counter' | 'gauge', help: string, rows: readonly Row[]): string[] {
  const full = `teamwork_desk_sync_${name}`;
  return [
    `# HELP ${full} ${help}`,
    `# TYPE ${full} ${type}`,
    ...rows.map(([its, value]) => `${full}${its} ${value}`),
  ];
}

/** Values are names of sites and words of ours: nothing to escape. */
function labels(values: Readonly<Record<string, string>>): string {
  return `{${Object.entries(values)
    .map(([name, value]) => `${name}="${value}"`)
    .join(',')}}`;
}
