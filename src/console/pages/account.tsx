/** One's own account. */
import { leastLength } from '../passwords';
import { roleText } from '../roles';
import type { Visit } from '../route';
import { PostForm } from './parts';

export function AccountPage({ visit }: { readonly visit: Visit }) {
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
    </>
  );
}
