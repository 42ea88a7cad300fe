/**
 * The plans by which Postgres carried out the product's own statements, as its `auto_explain` told them in its log with
 * `EXPLAIN (ANALYZE, BUFFERS)`: no copy of a statement that could differ from the real one.
 */
import { createReadStream, statSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Lab } from '../test/support/lab';
import { inPostgres } from '../test/support/long-lists';

/** What was seen of one statement, over all its plans. */
export interface Statement {
  readonly text: string;
  seen: number;
  mostMs: number;
  /** Pages of 8 KiB. */
  mostBuffers: number;
  readonly indexes: Set<string>;
  /** The most rows that one of its executions read of a table without an index. */
  readonly scanned: Map<string, number>;
}

interface Node {
  readonly 'Node Type': string;
  readonly 'Relation Name'?: string;
  readonly 'Index Name'?: string;
  readonly 'Actual Rows': number;
  readonly 'Actual Loops': number;
  readonly 'Rows Removed by Filter'?: number;
  readonly 'Shared Hit Blocks'?: number;
  readonly 'Shared Read Blocks'?: number;
  readonly Plans?: readonly Node[];
}

interface Told {
  readonly 'Query Text': string;
  readonly Plan: Node;
}

const logOf = (lab: Lab) => join(lab.dataDir, 'postgres.log');

/** From the next connection on: whoever is to be watched is started after this. */
export async function loadExplainer(lab: Lab): Promise<void> {
  await inPostgres(lab.databaseUrl, async (postgres) => {
    await postgres.query("alter system set session_preload_libraries = 'auto_explain'");
    await postgres.query("load 'auto_explain'");
    const settings = { log_analyze: 'on', log_buffers: 'on', log_format: 'json', log_min_duration: '0' };
    for (const [name, value] of Object.entries(settings))
      await postgres.query(`alter system set auto_explain.${name} = '${value}'`);
    await postgres.query('alter system set auto_explain.log_parameter_max_length = 0');
    await postgres.query('alter system set auto_explain.sample_rate = 0');
    await postgres.query('select pg_reload_conf()');
  });
}

/** Tells the plans of this share of all statements while the work is done. */
export async function plansOf(
  lab: Lab,
  share: number,
  work: () => Promise<unknown>,
): Promise<readonly Statement[]> {
  const start = statSync(logOf(lab)).size;
  await setShare(lab, share);
  await work();
  await setShare(lab, 0);
  return statementsIn(logOf(lab), start);
}

async function setShare(lab: Lab, share: number): Promise<void> {
  await inPostgres(lab.databaseUrl, async (postgres) => {
    await postgres.query("load 'auto_explain'");
    await postgres.query(`alter system set auto_explain.sample_rate = ${share}`);
    await postgres.query('select pg_reload_conf()');
  });
}

async function statementsIn(log: string, start: number): Promise<readonly Statement[]> {
  const statements = new Map<string, Statement>();
  let ms = 0;
  let plan: string[] | null = null;
  const take = () => {
    if (plan !== null) add(statements, ms, JSON.parse(plan.join('\n')) as Told);
    plan = null;
  };
  for await (const line of createInterface({ input: createReadStream(log, { start }) })) {
    if (plan !== null && line.startsWith('\t')) {
      plan.push(line);
      continue;
    }
    take();
    const begun = /LOG: {2}duration: ([\d.]+) ms {2}plan:$/.exec(line);
    if (begun === null) continue;
    ms = Number(begun[1]);
    plan = [];
  }
  take();
  return [...statements.values()];
}

function add(
  statements: Map<string, Statement>,
  ms: number,
  { 'Query Text': query, Plan: root }: Told,
): void {
  const text = query
    .replace(/\s+/g, ' ')
    .replace(/\$\d+(?:, \$\d+)+/g, '$…')
    .trim();
  const statement: Statement = statements.get(text) ?? {
    ...{ text, seen: 0, mostMs: 0, mostBuffers: 0 },
    ...{ indexes: new Set(), scanned: new Map() },
  };
  statements.set(text, statement);
  statement.seen += 1;
  statement.mostMs = Math.max(statement.mostMs, ms);
  const buffers = (root['Shared Hit Blocks'] ?? 0) + (root['Shared Read Blocks'] ?? 0);
  statement.mostBuffers = Math.max(statement.mostBuffers, buffers);
  const scanned = new Map<string, number>();
  visit(root, statement.indexes, scanned);
  for (const [table, rows] of scanned)
    statement.scanned.set(table, Math.max(rows, statement.scanned.get(table) ?? 0));
}

function visit(node: Node, indexes: Set<string>, scanned: Map<string, number>): void {
  const { 'Node Type': type, 'Index Name': index, 'Relation Name': table } = node;
  if (index !== undefined) indexes.add(index);
  if (type === 'Seq Scan' && table !== undefined) {
    const rows = (node['Actual Rows'] + (node['Rows Removed by Filter'] ?? 0)) * node['Actual Loops'];
    scanned.set(table, (scanned.get(table) ?? 0) + rows);
  }
  for (const child of node.Plans ?? []) visit(child, indexes, scanned);
}
