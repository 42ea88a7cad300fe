/** What this process counted of deliveries, and how much work waits, as Prometheus reads it. */
import type { FastifyInstance } from 'fastify';
import { sides, type Side } from '../domain/record';
import type { Backlog, Kept } from '../ports/deliveries';
import type { Store } from '../ports/store';
import type { SyncClient } from '../client';
import type { FigureReads } from '../ports/figures';
import { labels, metric, type Row } from './metric-text';
import { inTime } from './recorder';
import { siteMetrics } from './site-metrics';

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

export interface MetricsPorts {
  readonly store: Pick<Store, 'backlogs'>;
  readonly reads: FigureReads;
  readonly client: Pick<SyncClient, 'pollers'>;
}

/** Whoever scrapes waits ten seconds, as a rule. */
const withinMs = 8_000;

export function metricsRoute(app: FastifyInstance, figures: Figures, ports: MetricsPorts): void {
  app.get('/metrics', async (_request, reply) => {
    const [backlogs, sites, pollers] = await Promise.all([
      orNull(ports.store.backlogs()),
      orNull(ports.reads.figures()),
      orNull(ports.client.pollers()),
    ]);
    void reply.header('content-type', 'text/plain; version=0.0.4; charset=utf-8');
    return [
      ...deliveries(figures),
      ...metric('store_up', 'gauge', 'Whether Postgres answered.', [['', backlogs === null ? 0 : 1]]),
      ...metric('temporal_up', 'gauge', 'Whether Temporal answered.', [['', pollers === null ? 0 : 1]]),
      ...workers(pollers ?? new Map()),
      ...waiting(backlogs ?? []),
      ...siteMetrics(sites ?? []),
      '',
    ].join('\n');
  });
}

function orNull<T>(work: Promise<T>): Promise<T | null> {
  return inTime(work, withinMs).catch(() => null);
}

function workers(pollers: ReadonlyMap<string, number>): string[] {
  const rows = [...pollers].map(([queue, count]): Row => [labels({ queue }), count]);
  return metric('workers', 'gauge', 'Workers that asked a task queue for work within the last minute.', rows);
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
