/** The console's pages of a site, opened as a signed-in administrator, and what they take. */
import { site, type Lab } from '../test/support/lab';

/** What a page may take at most, whatever the site's size. */
export const mostPageMs = 200;

const rounds = 30;
const pagesOn = 100;

/** Answers a page's text; rejects unless it was answered with 200. */
export type OpenPage = (path: string) => Promise<string>;

export async function signIn({ engine, consoleUrl }: Lab): Promise<OpenPage> {
  const token = await engine.accounts.signInLink('Ada', 'administrator', 60_000);
  const signedIn = await fetch(`${consoleUrl}/sign-in/${token}`, {
    method: 'POST',
    redirect: 'manual',
    headers: { 'sec-fetch-site': 'same-origin' },
  });
  const cookie = signedIn.headers.get('set-cookie')?.split(';')[0] ?? '';
  return async (path) => {
    const answer = await fetch(`${consoleUrl}/sites/${site}${path}`, { headers: { cookie } });
    const text = await answer.text();
    if (answer.status !== 200) throw new Error(`${path} answers ${answer.status}`);
    return text;
  };
}

/** The page after a hundred others, or the last one. */
export async function farOn(open: OpenPage, list: string): Promise<string> {
  const [name = ''] = list.split('?');
  let path = list;
  for (let page = 0; page < pagesOn; page++) {
    const next = /rel="next" href="([^"]+)"/.exec(await open(path))?.[1];
    if (next === undefined) break;
    path = `${name}${next.replaceAll('&amp;', '&')}`;
  }
  return path;
}

/** In milliseconds; a first time, which warms what is to be warm, is left out. */
export async function timesOf(work: () => Promise<unknown>): Promise<number[]> {
  await work();
  const times: number[] = [];
  for (let round = 0; round < rounds; round++) {
    const start = performance.now();
    await work();
    times.push(performance.now() - start);
  }
  return times;
}
