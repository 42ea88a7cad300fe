/** Signing in: by name and password, or by a one-time link. */
import type { User } from '../../ports/accounts';
import type { Page } from '../route';
import { roleText } from '../roles';

/** `refused`: the name that was given with a wrong password, or that nobody has. */
export function signInPage(refused: string | null): Page {
  return {
    title: 'Sign in',
    body: (
      <form method="post" action="/sign-in" class="card stack">
        {refused !== null && (
          <p class="notice problem" role="alert">
            Name and password do not fit.
          </p>
        )}
        <label>
          Name
          <input name="name" value={refused ?? ''} autocomplete="username" required autofocus />
        </label>
        <label>
          Password
          <input name="password" type="password" autocomplete="current-password" required />
        </label>
        <button class="main">Sign in</button>
        <p class="hint">
          No password yet? <code>teamwork-desk-sync sign-in-link</code> prints a link that signs you in once;
          an administrator makes one under Users.
        </p>
      </form>
    ),
  };
}

export function linkPage({ name, role }: User): Page {
  return {
    title: 'Sign in',
    body: (
      <form method="post" class="card stack">
        <p>
          This link signs you in once as <strong>{name}</strong>, {role}: {roleText[role]}.
        </p>
        <button class="main">Sign in as {name}</button>
      </form>
    ),
  };
}

export function usedLinkPage(): Page {
  return {
    title: 'This link has been used',
    body: (
      <div class="card">
        <p>A link signs in once, within its hour. Ask for a new one:</p>
        <p>
          <code>teamwork-desk-sync sign-in-link</code>, or an administrator under Users.
        </p>
        <p>
          <a href="/sign-in">Sign in with a password</a>
        </p>
      </div>
    ),
  };
}
