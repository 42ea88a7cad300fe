/** Works through many things, so many at a time. */

/** Of sites that are asked about: none waits for a connection until it gives up. */
export const sitesAtOnce = 4;

/** The answers, in the order of the items. */
export async function fewAtOnce<T, R>(
  items: readonly T[],
  atOnce: number,
  work: (item: T) => Promise<R>,
): Promise<R[]> {
  const answers: R[] = [];
  const left = items.entries();
  const workOn = async (): Promise<void> => {
    for (const [at, item] of left) answers[at] = await work(item);
  };
  await Promise.all(Array.from({ length: atOnce }, workOn));
  return answers;
}
