/** Who may use this console, and a link for the first sign-in of somebody new. */
import type { AuditEntry, User } from '../../ports/accounts';
import { roles, roleText } from '../roles';
import type { Visit } from '../route';
import { AuditTable } from './audit-table';
import { PostForm, Table } from './parts';

interface Props {
  readonly visit: Visit;
  readonly users: readonly User[];
  readonly audit: readonly AuditEntry[];
}

export function UsersPage({ visit, users, audit }: Props) {
  return (
    <>
      <Table heads={['name', 'signs in by', 'role and access']}>
        <tbody>
          {users.map((user) => (
            <tr>
              <th scope="row">{user.name}</th>
              <td>{user.disabled ? 'disabled' : user.hasPassword ? 'password' : 'link'}</td>
              <td>
                <PostForm visit={visit} action={`/users/${user.id}`} class="row">
                  <RoleSelect of={user.name} role={user.role} />
                  <label class="check">
                    <input type="checkbox" name="disabled" checked={user.disabled} /> disabled
                  </label>
                  <button>Keep</button>
                </PostForm>
              </td>
            </tr>
          ))}
        </tbody>
      </Table>
      <PostForm visit={visit} action="/users" class="card stack">
        <h2>Invite somebody</h2>
        <label>
          Name
          <input name="name" required maxLength={100} autocomplete="off" />
        </label>
        <RoleSelect of="somebody new" role="operator" />
        <ul class="hint">
          {roles.map((role) => (
            <li>
              {role}: {roleText[role]}
            </li>
          ))}
        </ul>
        <button class="main">Make a sign-in link</button>
        <p class="hint">For a user of that name it is a link to sign in again; the role stays as it is.</p>
      </PostForm>
      <h2>Changes</h2>
      <AuditTable entries={audit} />
    </>
  );
}

function RoleSelect({ of, role: own }: { readonly of: string; readonly role: User['role'] }) {
  return (
    <select name="role" aria-label={`role of ${of}`}>
      {roles.map((role) => (
        <option value={role} selected={role === own}>
          {role}
        </option>
      ))}
    </select>
  );
}

/** The link is told this once, and kept as a hash only. */
export function InvitedPage({ name, path }: { readonly name: string; readonly path: string }) {
  return (
    <div class="card">
      <p>
        Give this address to {name}, behind the address of this console. It signs in once, within a day, and
        is not shown again:
      </p>
      <p>
        <code class="long">{path}</code>
      </p>
      <p>
        <a href="/users">Back to the users</a>
      </p>
    </div>
  );
}
