/** A hold (R26): exactly which records would change, and the answer to it. */
import type { Hold } from '../../ports/holds';
import type { LinkRow } from '../../ports/reads';
import { holdText } from '../../wording/hold-text';
import { numberText } from '../../wording/words';
import { sitePath, type SiteVisit } from '../route';
import { nameOf } from './links';
import { isOperator, PostForm, Time } from './parts';

interface Props {
  readonly visit: SiteVisit;
  readonly hold: Hold;
  readonly members: readonly LinkRow[];
}

export function HoldPage({ visit, hold, members }: Props) {
  const own = sitePath(visit.site.id, `/holds/${hold.number}`);
  return (
    <>
      <p>
        {holdText(hold)}, since <Time at={hold.openedAt} />. Nothing of it is done until somebody answers.
      </p>
      {isOperator(visit) && (
        <>
          <PostForm visit={visit} action={`${own}/approve`} class="card stack">
            <input type="hidden" name="set" value={hold.version} />
            {visit.user.hasPassword ? (
              <label>
                Your password
                <input name="password" type="password" autocomplete="current-password" required />
              </label>
            ) : (
              <p class="hint">You have no password: this needs a sign-in of the last ten minutes.</p>
            )}
            <button class="danger">Approve these {numberText(hold.count)}</button>
          </PostForm>
          <PostForm visit={visit} action={`${own}/reject`} class="actions">
            <input type="hidden" name="set" value={hold.version} />
            <button>Reject</button>
          </PostForm>
        </>
      )}
      <p class="hint">
        The answer is about this set alone. If somebody comes or goes before it arrives, nothing is done and
        the new set is shown.
      </p>
      <h2>The set</h2>
      <ul class="plain columns">
        {members.map((row) => (
          <li>
            <a href={sitePath(visit.site.id, `/links/${row.link.number}`)}>{nameOf(row)}</a>
          </li>
        ))}
      </ul>
      {hold.count > members.length && (
        <p class="hint">
          The first {numberText(members.length)} of {numberText(hold.count)}.
        </p>
      )}
    </>
  );
}
