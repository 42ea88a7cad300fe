/** What the sandbox holds: the ground truth that the engine is judged by. */
import type { Kind, Side } from '../../src/domain/record';
import type { SandboxControls } from './sandbox-controls';

export interface TruthRow {
  readonly id: number;
  readonly state?: string;
  readonly status?: string;
  readonly deleted?: boolean;
  readonly isPlaceholder?: boolean;
  readonly name?: string;
  readonly firstName?: string;
  readonly lastName?: string;
  readonly email?: string;
  readonly website?: string;
  readonly companyId?: number | null;
}

interface TruthAnswer {
  readonly teamwork: { readonly companies: readonly TruthRow[]; readonly people: readonly TruthRow[] };
  readonly desk: { readonly companies: readonly TruthRow[]; readonly customers: readonly TruthRow[] };
}

export type Truth = Readonly<Record<Side, Readonly<Record<Kind, readonly TruthRow[]>>>>;

/** The records that are not deleted, by side and kind. */
export async function truthOf(sandbox: SandboxControls): Promise<Truth> {
  const { teamwork, desk } = await sandbox.control<TruthAnswer>('GET', 'truth');
  const live = (rows: readonly TruthRow[]) =>
    rows.filter((row) => row.state !== 'deleted' && row.status !== 'deleted' && row.deleted !== true);
  return {
    teamwork: { company: live(teamwork.companies), customer: live(teamwork.people) },
    desk: { company: live(desk.companies), customer: live(desk.customers) },
  };
}

/** Values that stand more than once, blank ones left out. */
export function doubles(values: readonly (string | undefined)[]): readonly string[] {
  const seen = new Set<string>();
  const twice = new Set<string>();
  for (const value of values) {
    const key = (value ?? '').trim().toLowerCase();
    if (key !== '' && seen.has(key)) twice.add(key);
    seen.add(key);
  }
  return [...twice];
}
