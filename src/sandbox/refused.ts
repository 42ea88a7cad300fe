/** A call that a route refuses: thrown anywhere in a handler, answered as it says. */

export class Refused extends Error {
  constructor(
    readonly status: number,
    readonly body: unknown,
    readonly headers: Readonly<Record<string, string>> = {},
  ) {
    super(`refused with ${status}`);
    this.name = 'Refused';
  }
}
