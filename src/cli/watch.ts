/** `--watch`: an answer that is shown again whenever it changes, until it can change no more or Ctrl-C. */
import { setTimeout as sleep } from 'node:timers/promises';
import { toJson } from './plain-text';
import { answer, type Session } from './session';

export interface Look {
  readonly value: unknown;
  readonly text: () => string;
  /** Nothing more is to come. */
  readonly isOver: boolean;
}

export const watchHelp = 'show it again whenever it changes, until Ctrl-C';

const everyMs = { live: 1_000, plain: 5_000 };

/** One look, or one after the other: in place on a terminal, below each other elsewhere and as JSON. */
export async function lookOrWatch(
  session: Session,
  {
    json = false,
    watch = false,
  }: { readonly json?: boolean | undefined; readonly watch?: boolean | undefined },
  look: () => Promise<Look>,
): Promise<void> {
  if (!watch) {
    const { value, text } = await look();
    answer(session, json, value, text);
    return;
  }
  const { terminal } = session;
  const signal = session.untilInterrupted();
  const inPlace = terminal.live && !json;
  let shown = '';
  do {
    const { value, text, isOver } = await look();
    const now = json ? toJson(value) : text();
    if (now !== shown) {
      if (inPlace) terminal.redrawScreen(now);
      else terminal.print(now);
    }
    shown = now;
    if (isOver) return;
    await sleep(inPlace ? everyMs.live : everyMs.plain, undefined, { signal }).catch(() => undefined);
  } while (!signal.aborted);
}
