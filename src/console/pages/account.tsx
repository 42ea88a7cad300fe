/** One's own account: password, and where one is signed in. */
import type { OwnSession } from '../../ports/accounts';
import { leastLength } from '../passwords';
import { roleText } from '../roles';
import type { Visit } from '../route';
import { PostForm, Time } from './parts';

interface Props {
  readonly visit: Visit;
  readonly sessions: readonly OwnSession[];
}

export function AccountPage({ visit, sessions }: Props) {
  const { name, role, hasPassword } = visit.user;
  return (
    <>
      <p>
        {name}, {role}: {roleText[role]}.
      </p>
      <PostForm visit={visit} action="/account/password" class="card stack">
        <h2>{hasPassword ? 'Change your password' : 'Set a password'}</h2>
        {!hasPassword && <p class="hint">Until then each sign-in needs a link of its own.</p>}
        <input type="hidden" name="username" value={name} autocomplete="username" />
        {hasPassword && (
          <label>
            Present password
            <input name="current" type="password" autocomplete="current-password" required />
          </label>
        )}
        <label>
          New password
          <input
            name="password"
            type="password"
            autocomplete="new-password"
            minLength={leastLength}
            required
          />
          <span class="hint">At least {leastLength} characters; a few words in a row are good.</span>
        </label>
        <button class="main">Set the password</button>
      </PostForm>
      <Sessions {...{ visit, sessions }} />
    </>
  );
}

function Sessions({ visit, sessions }: Props) {
  return (
    <PostForm visit={visit} action="/account/sessions/end" class="card stack">
      <h2>Where you are signed in</h2>
      <ul class="plain sessions">
        {sessions.map(({ name, browser, signedInAt, seenAt, isThis }) => (
          <li>
            <div>
              <strong>{browser ?? 'unknown browser'}</strong>
              {isThis && ' (this one)'}
              <p class="hint">
                signed in <Time at={signedInAt} /> (UTC)
              </p>
              <p class="hint">
                last seen <Time at={seenAt} /> (UTC)
              </p>
            </div>
            {!isThis && (
              <button
                name="session"
                value={name}
                aria-label={`End the session of ${browser ?? 'unknown browser'}`}
              >
                End
              </button>
            )}
          </li>
        ))}
      </ul>
      {sessions.length > 1 && (
        <button name="session" value="others">
          End all others
        </button>
      )}
      <p class="hint">
        A session ends by itself when nobody used it for 12 hours, and after 7 days in any case. If you do not
        know one of these, end it and change your password.
      </p>
    </PostForm>
  );
}
