/** A site to connect: both credentials are tried before anything is kept. */
import type { Visit } from '../route';
import { PostForm } from './parts';

export function ConnectPage({ visit }: { readonly visit: Visit }) {
  return (
    <PostForm visit={visit} action="/connect" class="card stack">
      <label>
        Name of the site here
        <input name="site" required pattern="[a-z0-9][a-z0-9\-]{0,62}" placeholder="acme" autofocus />
      </label>
      <label>
        Address
        <input name="url" required placeholder="https://acme.teamwork.com" />
      </label>
      <label>
        Teamwork.com API key
        <input name="teamworkToken" type="password" autocomplete="off" required />
        <span class="hint">Of an administrator of the owner company.</span>
      </label>
      <label>
        Desk API key
        <input name="deskToken" type="password" autocomplete="off" required />
      </label>
      <label>
        When this Desk was made
        <input name="deskCreated" type="date" />
        <span class="hint">
          From 2023-11-01 on its InitialSync starts by itself. Before, or left empty, it waits until you start
          it.
        </span>
      </label>
      <button class="main">Test both, then connect</button>
    </PostForm>
  );
}
