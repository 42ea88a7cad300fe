/** The sandbox's own controls and both vendors' APIs, as a user with `user-token` reaches them. */

export interface Call {
  readonly n: number;
  readonly at: string;
  readonly side: 'teamwork' | 'desk';
  readonly token: string | null;
  readonly method: string;
  readonly path: string;
  readonly status: number;
}

export class SandboxControls {
  constructor(readonly url: string) {}

  async control<T = unknown>(method: 'GET' | 'POST' | 'DELETE', path: string, body?: object): Promise<T> {
    return (await this.send(method, `/sandbox/${path}`, body, undefined)) as T;
  }

  /** A call of a person, not of the engine. */
  async asUser<T = unknown>(method: string, path: string, body?: object): Promise<T> {
    return (await this.send(method, path, body, 'user-token')) as T;
  }

  async calls(since = 0): Promise<readonly Call[]> {
    const { calls } = await this.control<{ calls: readonly Call[] }>('GET', `calls?since=${since}`);
    return calls;
  }

  private async send(
    method: string,
    path: string,
    body: object | undefined,
    token: string | undefined,
  ): Promise<unknown> {
    const answer = await fetch(`${this.url}${path}`, {
      method,
      headers: {
        'Content-Type': 'application/json',
        ...(token === undefined ? {} : { Authorization: `Bearer ${token}` }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`${method} ${path} answered ${answer.status}: ${text.slice(0, 300)}`);
    return text === '' ? null : JSON.parse(text);
  }
}
