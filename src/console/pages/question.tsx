/** A question (R14): who is whose counterpart, with what speaks for each. */
import type { MatchRecord } from '../../domain/match';
import type { LinkView } from '../../domain/plan';
import { otherSide } from '../../domain/record';
import { productOf } from '../../wording/words';
import type { SiteVisit } from '../route';
import { isOperator, PostForm } from './parts';

interface Props {
  readonly visit: SiteVisit;
  readonly view: LinkView;
  readonly candidates: readonly MatchRecord[];
  readonly own: string;
}

export function Question({ visit, view, candidates, own }: Props) {
  const side = view.link.ids.teamwork === null ? 'desk' : 'teamwork';
  const others = candidates.filter(
    (candidate) => candidate.side === otherSide(side) && candidate.heldBy === null,
  );
  if (!isOperator(visit)) return null;
  return (
    <section class="card">
      <h2>Which is its counterpart?</h2>
      <ul class="plain">
        {others.map((other) => (
          <li>
            <PostForm visit={visit} action={`${own}/answer`} class="row">
              <input type="hidden" name="verdict" value="same" />
              <input type="hidden" name="id" value={other.id} />
              <span>
                {productOf[otherSide(side)]} {other.id}: {evidenceOf(other)}
              </span>
              <button>It is this one</button>
            </PostForm>
          </li>
        ))}
      </ul>
      <PostForm visit={visit} action={`${own}/answer`}>
        <input type="hidden" name="verdict" value="apart" />
        <button>None of them: keep them apart</button>
      </PostForm>
    </section>
  );
}

/** What two records may share, of this one. */
function evidenceOf({ name, email, alternativeEmails, domains }: MatchRecord): string {
  return [name, email, ...alternativeEmails, ...domains].filter((text) => text !== '').join(', ');
}
