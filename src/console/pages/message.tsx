/** A page that says one thing. */
import type { Page } from '../route';
import { Prose } from './prose';

export function messagePage(title: string, text: string): Page {
  return {
    title,
    body: (
      <>
        <p>
          <Prose text={text} />
        </p>
        <p>
          <a href="/">To the start</a>
        </p>
      </>
    ),
  };
}
