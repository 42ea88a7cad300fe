/** Proof, once more, that it is the user who sits there: an open session is not enough for what many records would follow. */
import { Refused } from '../refused';
import { isPassword } from './passwords';
import type { Visit } from './route';

/** Whoever has no password signs in anew, by a link. */
const freshForMinutes = 10;

/** Throws `Refused` where the form does not carry the user's password; without one, where the sign-in is long ago. */
export async function provedAnew({ ports, user, signedInAt, form }: Visit): Promise<void> {
  const known = await ports.accounts.passwordOf(user.name);
  if (known === null) {
    if (Date.now() - Date.parse(signedInAt) <= freshForMinutes * 60_000) return;
    throw new Refused(
      `You have no password, so this needs a sign-in of the last ${freshForMinutes} minutes: open a new sign-in link, or set a password under your name. Nothing was done.`,
    );
  }
  const [password = ''] = form.all('password');
  if (!(await isPassword(password, known.password))) {
    throw new Refused('Your password does not fit. Nothing was done.');
  }
}
