/** What a route of the console is: who may use it, what it is given, what it answers. */
import type { ComponentChild } from 'preact';
import type { EngineParts } from '../engine-parts';
import type { Role, User } from '../ports/accounts';
import type { Site } from '../ports/sites';

export interface ConsolePorts extends EngineParts {
  /** How often both sides are polled, of this deployment. */
  readonly pollMs: number;
  /** Where runs are looked at; null: nobody said. */
  readonly temporalUi: { readonly url: string; readonly namespace: string } | null;
}

/** The fields of a form or a query; of a name given several times, all of them. */
export class FormValues {
  constructor(private readonly values: Readonly<Record<string, unknown>>) {}

  /** Trimmed; '' where it was not given. */
  text(name: string): string {
    const [first = ''] = this.all(name);
    return first.trim();
  }

  all(name: string): readonly string[] {
    const value = Object.hasOwn(this.values, name) ? this.values[name] : undefined;
    const texts = [value].flat().filter((one): one is string => typeof one === 'string');
    // Nobody types it, and Postgres takes no text with it.
    return texts.map((text) => text.replaceAll('\0', ''));
  }

  isChecked(name: string): boolean {
    return this.text(name) !== '';
  }
}

export interface Visit {
  readonly ports: ConsolePorts;
  readonly user: User;
  /** The session's own token, for what ends it. */
  readonly session: string;
  readonly csrf: string;
  readonly signedInAt: string;
  readonly notice: string | null;
  readonly path: string;
  readonly params: Readonly<Record<string, string>>;
  readonly query: FormValues;
  readonly form: FormValues;
  /** Aborts when whoever asked has gone. */
  readonly gone: AbortSignal;
}

export interface SiteVisit extends Visit {
  readonly site: Site;
}

export interface Page {
  readonly title: string;
  readonly body: ComponentChild;
}

export type Answer =
  | { readonly page: Page }
  /** After something was done: where to look at it, and what the next page says. */
  | { readonly goTo: string; readonly notice?: string; readonly cookie?: string }
  | {
      readonly file: {
        readonly name: string;
        readonly type: string;
        readonly lines: AsyncIterable<string> | Iterable<string>;
      };
    }
  /** Markup that replaces a region of the page, again and again. */
  | { readonly live: AsyncIterable<ComponentChild> };

export interface Route {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  /** The least role that may. */
  readonly role: Role;
  /** Tries are counted, as they are at signing in. */
  readonly takesPassword?: boolean;
  readonly serve: (visit: Visit) => Promise<Answer> | Answer;
}

/** Its page is not there; the console says so. */
export class NotFound extends Error {
  override readonly name = 'NotFound';
}

/** A route below `/sites/:site`, which is given the site or is not found. */
export function siteRoute(
  method: Route['method'],
  path: string,
  role: Role,
  serve: (visit: SiteVisit) => Promise<Answer> | Answer,
): Route {
  return {
    method,
    path: `/sites/:site${path}`,
    role,
    async serve(visit) {
      const site = await visit.ports.store.site(visit.params.site ?? '');
      if (site === null) throw new NotFound('There is no such site.');
      return serve({ ...visit, site });
    },
  };
}

export function sitePath(site: string, path = ''): string {
  return `/sites/${site}${path}`;
}
