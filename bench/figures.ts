/** A figure of a bench: one JSON line. */

export interface Figure {
  readonly bench: string;
  readonly figure: string;
  readonly value: number;
  readonly unit: string;
  /** What it is to be, as a comparison; null for a figure that is told only. */
  readonly goal: string | null;
  readonly met: boolean | null;
}

export type Goal = { readonly atMost: number } | { readonly atLeast: number } | null;

export function figure(bench: string, name: string, value: number, unit: string, goal: Goal): Figure {
  const rounded = Math.round(value * 1_000) / 1_000;
  if (goal === null) return { bench, figure: name, value: rounded, unit, goal: null, met: null };
  const [text, met] =
    'atMost' in goal
      ? [`<= ${goal.atMost}`, value <= goal.atMost]
      : [`>= ${goal.atLeast}`, value >= goal.atLeast];
  return { bench, figure: name, value: rounded, unit, goal: text, met };
}

/** The smallest value that is not below this share of them. */
export function percentile(values: readonly number[], percent: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil((sorted.length * percent) / 100) - 1)] ?? NaN;
}
