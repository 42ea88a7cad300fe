/** `verify --repair`: what differs goes the normal way once more, read first; then everything is verified again. */
import type { Difference } from '../domain/verify';
import { startDue } from '../start-due';
import type { EngineParts } from '../engine-parts';

const askAgainMs = 500;
/** Without anything finished for this long, what is left waits for somebody else. */
const stillForMs = 60_000;

/** Answers how many links were made due. Ends when none of them has anything to do now, or nothing moves any more. */
export async function repair(
  parts: EngineParts,
  site: string,
  differences: readonly Difference[],
): Promise<number> {
  const links = [...new Set(differences.flatMap(({ link }) => (link === null || link === 0 ? [] : [link])))];
  if (links.length === 0) return 0;
  await parts.operations.makeDue(site, links);
  let left = { links: links.length, since: Date.now() };
  while (left.links > 0 && Date.now() - left.since < stillForMs) {
    await startDue(parts, site);
    await new Promise((resolve) => setTimeout(resolve, askAgainMs));
    const now = await parts.operations.unfinished(site, links);
    if (now !== left.links) left = { links: now, since: Date.now() };
  }
  return links.length;
}
