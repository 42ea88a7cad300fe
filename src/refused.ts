/** What was asked for is not done, for a reason that whoever asked can read; nothing was changed. `facts` are its ids. */
export class Refused extends Error {
  override readonly name = 'Refused';
  constructor(
    message: string,
    readonly facts: Readonly<Record<string, unknown>> = {},
  ) {
    super(message);
  }
}
