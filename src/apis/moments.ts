/** Times as the vendors' filters take them: whole seconds, UTC. */

/** The second that holds this time. */
export function wholeSecond(time: string): string {
  return secondOf(Date.parse(time));
}

/** For filters that find what is later than the second they name: with it that second is found, too. */
export function secondBefore(time: string): string {
  return secondOf(Date.parse(time) - 1_000);
}

/** `''` for a time that cannot be read. */
function secondOf(ms: number): string {
  return Number.isNaN(ms) ? '' : new Date(ms).toISOString().replace(/\.\d+Z$/, 'Z');
}
