/** `approve` and `reject`: an operator's answer to a mass change that is held (R26). */
import { noteChange, theCli } from '../change-note';
import { answerHold, type HoldVerdict } from '../answer-hold';
import { holdText } from '../wording/hold-text';
import { newSiteCommand, positive } from './new-command';
import { answer, chooseSite, type Session } from './session';

interface Answering {
  readonly verb: HoldVerdict;
  readonly summary: string;
  readonly said: string;
}

export const approveCommand = answeringCommand({
  verb: 'approve',
  summary: 'Let a held mass change pass: exactly those records, once each, within the hour',
  said: 'Approved. Each of them passes once, within the hour; what comes later is held anew.',
});

export const rejectCommand = answeringCommand({
  verb: 'reject',
  summary: 'Reject a held mass change: nothing of it is done until a record moves again',
  said: 'Rejected. Nothing of it is done; each link stays held until its record moves again.',
});

function answeringCommand({ verb, summary, said }: Answering) {
  return (session: Session) =>
    newSiteCommand(verb, summary, [`${verb} 12`, `${verb} 12 --set 40 --json`])
      .argument('<hold>', 'the number of the hold, as `attention` shows it', positive)
      .option('--set <n>', 'only if the set is still the one that `attention` showed', positive)
      .action(async (hold, { json, site: named, set = null }) => {
        const engine = await session.engine();
        const site = await chooseSite(engine.store, named);
        const done = await answerHold(engine, site.id, verb, hold, set);
        const { version, count } = done;
        const what = `hold ${verb === 'approve' ? 'approved' : 'rejected'}`;
        await noteChange(engine, theCli, site.id, what, { hold, set: version, count });
        answer(session, json, { hold, set: version, count }, () => `${holdText(done)}. ${said}`);
      });
}
