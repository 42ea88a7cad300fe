/** Asks about each of many sites, so many at a time that none waits for a connection until it gives up. */
const atOnce = 4;

/** The answers, in the order of the items. */
export async function fewAtOnce<T, R>(items: readonly T[], ask: (item: T) => Promise<R>): Promise<R[]> {
  const answers: R[] = [];
  const left = items.entries();
  const askOn = async (): Promise<void> => {
    for (const [at, item] of left) answers[at] = await ask(item);
  };
  await Promise.all(Array.from({ length: atOnce }, askOn));
  return answers;
}
