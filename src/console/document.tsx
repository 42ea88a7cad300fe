/** The frame of every page: head, navigation, notice. */
import type { ComponentChild, VNode } from 'preact';
import { renderToString } from 'preact-render-to-string';
import type { OpenSession } from '../ports/accounts';
import type { Site } from '../ports/sites';
import { assetPath } from './asset-routes';
import { Prose } from './pages/prose';
import { sitePath, type Page } from './route';

type Visitor = OpenSession & { readonly notice?: string | null; readonly path?: string };

const sitePages: readonly (readonly [path: string, title: string])[] = [
  ['', 'Overview'],
  ['/companies', 'Companies'],
  ['/customers', 'Customers'],
  ['/attention', 'Attention'],
  ['/runs', 'Runs'],
  ['/settings', 'Settings'],
];

export function fragmentOf(markup: ComponentChild): string {
  return renderToString(<>{markup}</>);
}

/** Whole HTML; `visitor` null: nobody is signed in. */
export function documentOf(visitor: Visitor | null, sites: readonly Site[], { title, body }: Page): string {
  const path = visitor?.path?.split('?')[0] ?? '';
  const here = sites.find(({ id }) => path === sitePath(id) || path.startsWith(sitePath(id, '/')));
  const site = here ?? (sites.length === 1 ? sites[0] : undefined);
  return `<!doctype html>${renderToString(
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <title>{`${title} · teamwork-desk-sync`}</title>
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <link rel="icon" href={assetPath('icon.svg')} type="image/svg+xml" />
        <link rel="stylesheet" href={assetPath('console.css')} />
        <link rel="stylesheet" href={assetPath('parts.css')} />
        <script src={assetPath('live.js')} defer />
      </head>
      <body>
        <a class="skip" href="#main">
          To the content
        </a>
        {visitor === null ? <Bar /> : <Navigation visitor={visitor} site={site} sites={sites} path={path} />}
        <main id="main" class={visitor === null ? 'narrow' : ''}>
          <Notice text={visitor?.notice ?? null} />
          <h1>{title}</h1>
          {body}
        </main>
      </body>
    </html>,
  )}`;
}

function Bar() {
  return (
    <header class="bar">
      <span class="brand">teamwork-desk-sync</span>
    </header>
  );
}

interface NavigationProps {
  readonly visitor: Visitor;
  readonly site: Site | undefined;
  readonly sites: readonly Site[];
  readonly path: string;
}

function Navigation({ visitor: { user, csrf }, site, sites, path }: NavigationProps) {
  return (
    <header class="bar">
      <a class="brand" href="/">
        teamwork-desk-sync
      </a>
      {site !== undefined && (
        <nav aria-label={`Site ${site.id}`}>
          {sites.length > 1 && <strong class="site-name">{site.id}</strong>}
          {sitePages.map(([below, name]) => (
            <Tab href={sitePath(site.id, below)} path={path} exact={below === ''}>
              {name}
            </Tab>
          ))}
        </nav>
      )}
      <nav class="own" aria-label="You">
        {user.role === 'administrator' && (
          <Tab href="/users" path={path}>
            Users
          </Tab>
        )}
        <Tab href="/account" path={path}>
          {user.name}
        </Tab>
        <form method="post" action="/sign-out">
          <input type="hidden" name="csrf" value={csrf} />
          <button class="quiet">Sign out</button>
        </form>
      </nav>
    </header>
  );
}

interface TabProps {
  readonly href: string;
  readonly path: string;
  readonly exact?: boolean;
  readonly children: string;
}

function Tab({ href, path, exact = false, children }: TabProps): VNode {
  const isHere = path === href || (!exact && path.startsWith(`${href}/`));
  return (
    <a href={href} {...(isHere ? { 'aria-current': 'page' as const } : {})}>
      {children}
    </a>
  );
}

/** What the last action came to. */
function Notice({ text }: { readonly text: string | null }) {
  const [, kind, said] = /^(done|problem):(.*)$/s.exec(text ?? '') ?? [];
  if (said === undefined) return null;
  return (
    <p class={`notice ${kind ?? ''}`} role={kind === 'problem' ? 'alert' : 'status'}>
      <Prose text={said} />
    </p>
  );
}
