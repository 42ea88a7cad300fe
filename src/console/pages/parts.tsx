/** Parts that several pages show: forms, statuses, numbers, times. */
import type { ComponentChildren } from 'preact';
import { explanations } from '../../domain/explain';
import type { Reason, Status } from '../../domain/link';
import { codeText, numberText, timeText } from '../../wording/words';
import { mayActAs } from '../roles';
import type { Visit } from '../route';

interface PostFormProps {
  readonly visit: Pick<Visit, 'csrf'>;
  readonly action: string;
  readonly class?: string;
  readonly children: ComponentChildren;
}

export function PostForm({ visit, action, class: css = '', children }: PostFormProps) {
  return (
    <form method="post" action={action} class={css}>
      <input type="hidden" name="csrf" value={visit.csrf} />
      {children}
    </form>
  );
}

export function isOperator({ user }: Pick<Visit, 'user'>): boolean {
  return mayActAs(user.role, 'operator');
}

export function isAdministrator({ user }: Pick<Visit, 'user'>): boolean {
  return mayActAs(user.role, 'administrator');
}

export function StatusBadge({ status }: { readonly status: Status }) {
  return <span class={`badge ${status}`}>{codeText(status)}</span>;
}

/** Two links of a chain: this record is kept the same on both sides. */
export function LinkIcon({ status }: { readonly status: Status }) {
  if (status !== 'in_sync') return null;
  return (
    <svg class="link-icon" viewBox="0 0 16 16" role="img" aria-label="linked and in sync">
      <path d="M6.5 9.5l3-3M7 4.5l1.2-1.2a3 3 0 0 1 4.3 4.3L11.3 8.8M9 11.5l-1.2 1.2a3 3 0 0 1-4.3-4.3L4.7 7.2" />
    </svg>
  );
}

export function reasonText(reason: string | null): string {
  if (reason === null || reason === '') return '';
  return Object.hasOwn(explanations, reason) ? explanations[reason as Reason].sentence : codeText(reason);
}

export function Time({ at }: { readonly at: string }) {
  return <time dateTime={at}>{timeText(at)}</time>;
}

export function Figure({
  value,
  title,
  href,
}: {
  readonly value: number;
  readonly title: string;
  readonly href?: string;
}) {
  const number = <strong>{numberText(value)}</strong>;
  return (
    <div class="figure">
      {href === undefined ? number : <a href={href}>{number}</a>}
      <span>{title}</span>
    </div>
  );
}

/** A title; of numbers; one by which the list can be ordered, null where it is already. */
type Head =
  | string
  | { readonly number: string }
  | { readonly order: string; readonly href: string | null; readonly sort: 'ascending' | 'descending' };

/** Scrolls sideways by itself where the screen is narrow, with the keyboard too. */
export function Table({
  heads,
  class: css = '',
  children,
}: {
  readonly heads: readonly Head[];
  readonly class?: string;
  readonly children: ComponentChildren;
}) {
  return (
    <div class={`scroll ${css}`} tabIndex={0}>
      <table>
        <thead>
          <tr>
            {heads.map((head) => (
              <ColumnHead head={head} />
            ))}
          </tr>
        </thead>
        {children}
      </table>
    </div>
  );
}

function ColumnHead({ head }: { readonly head: Head }) {
  if (typeof head === 'string') return <th scope="col">{head}</th>;
  if ('number' in head) {
    return (
      <th scope="col" class="number">
        {head.number}
      </th>
    );
  }
  const { order, href, sort } = head;
  return href === null ? (
    <th scope="col" aria-sort={sort}>
      {order} <span aria-hidden="true">{sort === 'ascending' ? '↓' : '↑'}</span>
    </th>
  ) : (
    <th scope="col">
      <a href={href} title={`order by ${order}`}>
        {order}
      </a>
    </th>
  );
}

export function Empty({ children }: { readonly children: ComponentChildren }) {
  return <p class="empty">{children}</p>;
}
