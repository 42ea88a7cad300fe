/** What a plan tells of itself, in a line each: situation, status and reason, then each fact with its record (R31). */
import type { LinkView } from '../../src/domain/plan';
import { planLink } from '../../src/domain/planner';

export function told(view: LinkView): string[] {
  const { situation, status, reason, because } = planLink(view);
  const facts = because.map(
    ({ reason: why, kind, side, id, link }) => `${why}: ${kind} ${id} of ${side}, link ${link}`,
  );
  return [`${situation}, ${status}: ${reason}`, ...facts];
}

export function withLink(view: LinkView, link: Partial<LinkView['link']>): LinkView {
  return { ...view, link: { ...view.link, ...link } };
}

/** R33: while the vendor's own sync seems on. */
export function adopting(view: LinkView): LinkView {
  return { ...view, policy: { ...view.policy, adoptOnly: true } };
}
