/** Operators ask for something, and a wrong module does something else. */
import type { LinkView, Plan } from '../../../src/domain/plan';
import type { Operation } from '../../../src/ports/operations';
import { changeLink } from '../memory-store/link-rows';
import type { Frame } from '../memory-store/operation-frame';
import { of, type Bug } from './bug';

export const operators: readonly Bug[] = [
  {
    name: 'R22 a relink forgets the base',
    caughtBy: /R22/,
    path: '../memory-store/join-again',
    wrong: (right) => ({
      relink: (frame: Frame) => {
        of<[Frame], undefined>(right, 'relink')(frame);
        changeLink(frame.rows, frame.link.number, { bases: { teamwork: {}, desk: {} } });
      },
    }),
  },
  {
    name: 'R14 told apart is taken as the same',
    caughtBy: /R14/,
    path: '../memory-store/answer',
    wrong: (right) => ({
      answerQuestion: (frame: Frame, _: string, id: string | null) => {
        const [first = null] = frame.rows.questions.get(frame.link.number) ?? [];
        of<[Frame, string, string | null], undefined>(right, 'answerQuestion')(frame, 'same', id ?? first);
      },
    }),
  },
  {
    name: 'R5 a company made in Desk becomes a client by itself',
    caughtBy: /R5/,
    path: '../../../src/domain/plan-lone-company',
    wrong: (right) => ({
      planLoneCompany: (view: LinkView): Plan =>
        of<[LinkView], Plan>(right, 'planLoneCompany')({ ...view, link: { ...view.link, asked: 'yes' } }),
    }),
  },
  {
    name: 'R30 the pause of a link is acknowledged and not kept',
    caughtBy: /I27/,
    path: '../memory-store/operations',
    wrong: (right) => ({
      operateMethod: (memory: unknown) => {
        const { operate } = of<[unknown], { operate: (...input: unknown[]) => Promise<unknown> }>(
          right,
          'operateMethod',
        )(memory);
        return {
          operate: (site: string, link: number, operation: Operation, id: string) =>
            operation.verb === 'pause'
              ? Promise.resolve({ done: true, link, status: 'paused', people: 0, offered: 0 })
              : operate(site, link, operation, id),
        };
      },
    }),
  },
  {
    name: 'R11 a choice is acknowledged and not carried out',
    caughtBy: /R11/,
    path: '../memory-store/choose',
    wrong: () => ({ choose: () => undefined }),
  },
];
