/** How large and of which kind a seeded site is. */

/** agency: what a real agency has; agreed: both sides equal; empty-desk: Desk holds nothing. */
export const SCENARIOS = ['agency', 'agreed', 'empty-desk'] as const;
export type Scenario = (typeof SCENARIOS)[number];

export const MOST_COMPANIES = 50_000;
export const MOST_PEOPLE = 500_000;

export interface SeedSize {
  readonly seed: number;
  readonly companies: number;
  readonly people: number;
  readonly scenario: Scenario;
}

export const DEFAULT_SIZE: SeedSize = { seed: 1, companies: 200, people: 2_000, scenario: 'agency' };
