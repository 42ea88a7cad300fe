/** One's own account, the users of this deployment, and a site to connect: what belongs to no site. */
import { connectSite } from '../connect';
import { Refused } from '../refused';
import { noteChange } from './audit';
import { newSite } from './connect-form';
import { endedCookie } from './cookies';
import { AccountPage } from './pages/account';
import { ConnectPage } from './pages/connect';
import { InvitedPage, UsersPage } from './pages/users';
import { hashPassword, isPassword, passwordProblem } from './passwords';
import { roles } from './roles';
import { NotFound, sitePath, type Route } from './route';
import { countText } from '../wording/words';

const linkLastsMs = 24 * 3_600_000;
const entriesShown = 100;

export const accountRoutes: readonly Route[] = [
  {
    method: 'POST',
    path: '/sign-out',
    role: 'viewer',
    async serve({ ports, session }) {
      await ports.accounts.endSession(session);
      return { goTo: '/sign-in', cookie: endedCookie() };
    },
  },
  {
    method: 'GET',
    path: '/account',
    role: 'viewer',
    async serve(visit) {
      const sessions = await visit.ports.accounts.sessions(visit.user.id, visit.session);
      return { page: { title: 'Your account', body: <AccountPage {...{ visit, sessions }} /> } };
    },
  },
  {
    method: 'POST',
    path: '/account/sessions/end',
    role: 'viewer',
    async serve({ ports, user, session, form }) {
      const name = form.text('session');
      if (name === 'others') {
        const ended = await ports.accounts.endSessions(user.id, session);
        await noteChange({ ports, user }, null, 'own sessions ended', { ended });
        return {
          goTo: '/account',
          notice: `You are signed out everywhere else: ${countText(ended, 'session')} ended.`,
        };
      }
      if (!(await ports.accounts.endSessionNamed(user.id, name))) {
        throw new Refused('You have no such session; it may have ended by itself.');
      }
      await noteChange({ ports, user }, null, 'own session ended');
      return { goTo: '/account', notice: 'That session is ended.' };
    },
  },
  {
    method: 'POST',
    path: '/account/password',
    role: 'viewer',
    takesPassword: true,
    async serve({ ports, user, session, form }) {
      const [password = ''] = form.all('password');
      const problem = passwordProblem(password, [user.name]);
      if (problem !== null) throw new Refused(`${problem} Nothing was changed.`);
      const known = await ports.accounts.passwordOf(user.name);
      if (known !== null && !(await isPassword(form.all('current')[0] ?? '', known.password))) {
        throw new Refused('The present password does not fit. Nothing was changed.');
      }
      await ports.accounts.setPassword(user.id, await hashPassword(password));
      await ports.accounts.endSessions(user.id, session);
      await noteChange({ ports, user }, null, 'own password set');
      return { goTo: '/account', notice: 'Your password is set. You are signed out everywhere else.' };
    },
  },
  {
    method: 'GET',
    path: '/users',
    role: 'administrator',
    async serve(visit) {
      const [users, audit] = await Promise.all([
        visit.ports.accounts.users(),
        visit.ports.accounts.audit(null, entriesShown),
      ]);
      return { page: { title: 'Users', body: <UsersPage {...{ visit, users, audit }} /> } };
    },
  },
  {
    method: 'POST',
    path: '/users',
    role: 'administrator',
    async serve({ ports, user, form }) {
      const name = form.text('name');
      const role = roles.find((one) => one === form.text('role'));
      if (!/^[^\p{Cc}\p{Cf}]{1,100}$/u.test(name) || role === undefined) {
        throw new Refused('A user needs a name of up to 100 characters, and a role. Nobody was invited.');
      }
      const token = await ports.accounts.signInLink(name, role, linkLastsMs);
      await noteChange({ ports, user }, null, 'sign-in link made', { name, role });
      return {
        page: {
          title: 'A link for one sign-in',
          body: <InvitedPage name={name} path={`/sign-in/${token}`} />,
        },
      };
    },
  },
  {
    method: 'POST',
    path: '/users/:id',
    role: 'administrator',
    async serve({ ports, user, params, form }) {
      const changed = (await ports.accounts.users()).find(({ id }) => String(id) === params.id);
      if (changed === undefined) throw new NotFound('There is no such user.');
      const role = roles.find((one) => one === form.text('role')) ?? changed.role;
      const disabled = form.isChecked('disabled');
      if ((await ports.accounts.changeUser(changed.id, { role, disabled })) === 'last_administrator') {
        throw new Refused('This is the last administrator; make another one first. Nothing was changed.');
      }
      const detail = { name: changed.name, role, disabled };
      await noteChange({ ports, user }, null, 'user changed', detail);
      return { goTo: '/users', notice: `${changed.name} is changed, and signed out everywhere.` };
    },
  },
  {
    method: 'GET',
    path: '/connect',
    role: 'administrator',
    serve: (visit) => ({ page: { title: 'Connect a site', body: <ConnectPage visit={visit} /> } }),
  },
  {
    method: 'POST',
    path: '/connect',
    role: 'administrator',
    async serve({ ports, user, form }) {
      const input = newSite(form);
      const { site, run } = await connectSite(ports, input);
      await noteChange({ ports, user }, site, 'connected', { url: input.url });
      const notice =
        run === null
          ? 'Connected: both credentials work. Nothing is written until the InitialSync is started; a plan shows what it would do.'
          : 'Connected: both credentials work, and its InitialSync has started.';
      return { goTo: sitePath(site, run === null ? '/runs' : ''), notice };
    },
  },
];
