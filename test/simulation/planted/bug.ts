/** A module of the engine, or of the store in memory, that does something wrong. */
export type Module = Record<string, (...input: never[]) => unknown>;

export interface Bug {
  /** What the engine does wrong. */
  readonly name: string;
  readonly caughtBy: RegExp;
  /** From this folder. */
  readonly path: string;
  /** It shows only where many change at once. */
  readonly inLargeWorlds?: true;
  /** What takes the place of some of the module's exports; `load` is for what must not be in use before that. */
  readonly wrong: (right: Module, load: (path: string) => Module) => object;
}

export type Called<Input extends readonly unknown[], Output> = (...input: Input) => Output;

/** A function of the right module, as what it is. */
export function of<Input extends readonly unknown[], Output>(
  right: Module,
  name: string,
): Called<Input, Output> {
  return right[name] as unknown as Called<Input, Output>;
}
