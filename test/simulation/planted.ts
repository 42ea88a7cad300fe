/** A world in which one module is wrong: the simulation has to find some history that breaks an invariant. */
import type * as History from './history/history';

export type Module = Record<string, (...input: never[]) => unknown>;

export interface Bug {
  /** What the engine does wrong. */
  readonly name: string;
  readonly caughtBy: RegExp;
  readonly path: string;
  /** It shows in large worlds, where enough changes at once; else in any. */
  readonly every?: number;
  /** What takes the place of some of the module's exports. */
  readonly wrong: (right: Module) => object;
}

/** So many histories at most; most bugs need a few, the rarest some hundred. */
const mostHistories = 1_000;

/** The first invariants that break in a world where one module is replaced. */
export async function caughtWith({ path, wrong, every = 1 }: Bug): Promise<string> {
  jest.resetModules();
  jest.doMock('@temporalio/workflow', () => jest.requireActual<object>('./engine/workflow-module'));
  jest.doMock(path, () => {
    const right = jest.requireActual<Module>(path);
    return { ...right, ...wrong(right) };
  });
  const { operationsFor, runHistory } = jest.requireActual<typeof History>('./history/history');
  try {
    for (let seed = every; seed <= mostHistories; seed += every) {
      const { violations } = await runHistory(seed, operationsFor(seed, 60));
      if (violations.length > 0) return violations.join('; ');
    }
    return 'nothing';
  } finally {
    jest.dontMock(path);
  }
}

export type Called<Input extends readonly unknown[], Output> = (...input: Input) => Output;

/** A function of the right module, as what it is. */
export function of<Input extends readonly unknown[], Output>(
  right: Module,
  name: string,
): Called<Input, Output> {
  return right[name] as unknown as Called<Input, Output>;
}
