/** The one error of this folder: its message is meant for the operator as it stands and says whose move is next. */
export class EmbeddedError extends Error {
  override readonly name = 'EmbeddedError';
}
