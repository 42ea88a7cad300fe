/** Many posts at once over connections that are kept, each timed. */
import { Agent, request } from 'node:http';

export interface Post {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

export interface Sent {
  readonly perSecond: number;
  /** Of each post that was accepted, in the order of their answers. */
  readonly milliseconds: readonly number[];
}

const atOnce = 32;

/** Sends all of them; `accepted` hears of each that was answered 2xx. Whatever ends a connection is not accepted. */
export async function sendAll(
  posts: readonly Post[],
  accepted: (post: Post) => void = () => undefined,
): Promise<Sent> {
  const agent = new Agent({ keepAlive: true, maxSockets: atOnce });
  const milliseconds: number[] = [];
  const queue = posts.values();
  const from = performance.now();
  await Promise.all(
    Array.from({ length: atOnce }, async () => {
      for (const post of queue) {
        const begun = performance.now();
        if (!(await send(post, agent))) continue;
        milliseconds.push(performance.now() - begun);
        accepted(post);
      }
    }),
  );
  const seconds = (performance.now() - from) / 1_000;
  agent.destroy();
  return { perSecond: milliseconds.length / seconds, milliseconds };
}

function send({ url, headers, body }: Post, agent: Agent): Promise<boolean> {
  return new Promise((done) => {
    const call = request(url, { method: 'POST', agent, headers }, (answer) => {
      answer.resume();
      answer.once('end', () => done(answer.statusCode === 200));
      answer.once('error', () => done(false));
    });
    call.once('error', () => done(false));
    call.end(body);
  });
}
