/** `approve` and `reject`: an operator's answer to a mass change that is held (R26). */
import type { HoldStore } from '../ports/holds';
import { CommandFailure, exitCode } from './failures';
import { holdText } from './hold-text';
import { newSiteCommand, positive } from './new-command';
import { answer, chooseSite, type Session } from './session';
import { startDue } from './start-due';

interface Answering {
  readonly verb: 'approve' | 'reject';
  readonly summary: string;
  readonly call: keyof HoldStore;
  readonly done: string;
}

export const approveCommand = answeringCommand({
  verb: 'approve',
  summary: 'Let a held mass change pass: exactly those records, once each, within the hour',
  call: 'approveHold',
  done: 'Approved. Each of them passes once, within the hour; what comes later is held anew.',
});

export const rejectCommand = answeringCommand({
  verb: 'reject',
  summary: 'Reject a held mass change: nothing of it is done until a record moves again',
  call: 'rejectHold',
  done: 'Rejected. Nothing of it is done; each link stays held until its record moves again.',
});

function answeringCommand({ verb, summary, call, done }: Answering) {
  return (session: Session) =>
    newSiteCommand(verb, summary, [`${verb} 12`, `${verb} 12 --set 40 --json`])
      .argument('<hold>', 'the number of the hold, as `attention` shows it', positive)
      .option('--set <n>', 'only if the set is still the one that `attention` showed', positive)
      .action(async (hold, { json, site: named, set = null }) => {
        const engine = await session.engine();
        const site = await chooseSite(engine.store, named);
        const answered = await engine.store[call](site.id, hold, set);
        if ('unknown' in answered) {
          throw new CommandFailure(
            exitCode.no,
            `There is no open hold ${hold}: it was answered, or everybody left it by themselves. \`attention\` shows what is open.`,
            { hold },
          );
        }
        if ('moved' in answered) {
          throw new CommandFailure(
            exitCode.no,
            `Hold ${hold} has changed since: ${holdText(answered.moved)}. Nothing was answered; look at it and answer again.`,
            { hold, set: answered.moved.version, count: answered.moved.count },
          );
        }
        await startDue(engine, site.id);
        const { version, count } = answered.done;
        answer(session, json, { hold, set: version, count }, () => `${holdText(answered.done)}. ${done}`);
      });
}
