/** `answer` and `choose`: an operator's word on who is whose counterpart (R14), and on whose value stands (R11, R27). */
import { Argument } from '@commander-js/extra-typings';
import { sides, type Field } from '../domain/record';
import { usageFailure } from './failures';
import { recordForms } from './matches';
import { newSiteCommand } from './new-command';
import { carryOut, oneLink, pausedText, toJsonDone } from './operation';
import { answer, chooseSite, type Session } from './session';
import { productOf } from '../wording/words';

export function answerCommand(session: Session) {
  return newSiteCommand(
    'answer',
    'Answer a question about who is whose counterpart; the answer is remembered',
    ['answer 1042 same 77', 'answer "Acme Ltd" apart'],
  )
    .argument('<question>', `its number (of \`attention\`), or ${recordForms}`)
    .addArgument(new Argument('<verdict>', 'whether they are one').choices(['same', 'apart'] as const))
    .argument(
      '[id]',
      'the candidate’s id on the other side; left out: the only one, or for apart all of them',
    )
    .action(async (question, verdict, id, { json, site: named }) => {
      const parts = await session.engine();
      const site = await chooseSite(parts.store, named);
      const row = await oneLink(parts.reads, site.id, question, ({ link }) => link.status === 'question');
      const done = await carryOut(parts, site.id, row, { verb: 'answer', verdict, id: id ?? null });
      answer(session, json, toJsonDone(done), () =>
        verdict === 'same'
          ? `Remembered; link ${done.link} is joined with its counterpart.${pausedText(done)}`
          : `Remembered; they are never asked about again.`,
      );
    });
}

const fields: Readonly<Record<string, Field>> = {
  ...{ name: 'name', website: 'website', email: 'email', firstname: 'firstName', lastname: 'lastName' },
  ...{ company: 'company', avatar: 'avatar', twitter: 'twitter', linkedin: 'linkedin', facebook: 'facebook' },
};

export function chooseCommand(session: Session) {
  return newSiteCommand(
    'choose',
    "Give a field one side's value on both: one that waits, or one that lost a conflict",
    ['choose ada@example.com email desk', 'choose "Acme Ltd" website teamwork --json'],
  )
    .argument('<record>', recordForms)
    .argument('<field>', Object.values(fields).join(', '))
    .addArgument(new Argument('<side>', 'whose value is to stand').choices(sides))
    .action(async (record, fieldNamed, side, { json, site: named }) => {
      const field = fields[fieldNamed.toLowerCase().replace(/[-_]/g, '')];
      if (field === undefined) {
        throw usageFailure(`There is no field ${fieldNamed}: ${Object.values(fields).join(', ')}.`);
      }
      const parts = await session.engine();
      const site = await chooseSite(parts.store, named);
      const row = await oneLink(parts.reads, site.id, record, ({ link }) => link.phase === 'active');
      const done = await carryOut(parts, site.id, row, { verb: 'choose', field, side });
      answer(
        session,
        json,
        toJsonDone(done),
        () =>
          `${productOf[side]}'s ${field} of link ${done.link} is written to both sides.${pausedText(done)}`,
      );
    });
}
