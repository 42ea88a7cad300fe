/** The table of commands, and how a command line becomes an exit code. */
import { Command, CommanderError, type CommandUnknownOpts } from '@commander-js/extra-typings';
import { approveCommand, rejectCommand } from './answer-hold';
import { attentionCommand } from './attention';
import { certificateCommand } from './certificate';
import { companyCommand } from './company';
import { connectCommand } from './connect';
import { answerCommand, chooseCommand } from './decisions';
import { disconnectCommand } from './disconnect';
import { doctorCommand } from './doctor';
import { explainCommand } from './explain';
import { exitCode, failureFrom, usageFailure, type CommandFailure, type ExitCode } from './failures';
import { forgetCommand } from './forget';
import { incidentCommand } from './incident';
import { rehearseCommand } from './rehearse';
import { reEncryptCommand } from './re-encrypt';
import { relinkCommand, restoreCommand, retryCommand, unlinkCommand } from './link-operations';
import { companiesCommand, customersCommand } from './list-links';
import { programName } from './new-command';
import { addAsClientCommand, createContactCommand } from './opt-in';
import { pauseCommand, resumeCommand } from './pause';
import { toJson } from './plain-text';
import type { Session } from './session';
import { settingsCommand } from './settings';
import { signInLinkCommand } from './sign-in-link';
import { sitesCommand } from './sites';
import { syncCommand } from './sync';
import { timelineCommand } from './timeline';
import { verifyCommand } from './verify';

const commands = [
  connectCommand,
  disconnectCommand,
  sitesCommand,
  settingsCommand,
  syncCommand,
  pauseCommand,
  resumeCommand,
  companiesCommand,
  customersCommand,
  explainCommand,
  timelineCommand,
  attentionCommand,
  approveCommand,
  rejectCommand,
  companyCommand,
  addAsClientCommand,
  createContactCommand,
  unlinkCommand,
  relinkCommand,
  restoreCommand,
  retryCommand,
  answerCommand,
  chooseCommand,
  forgetCommand,
  verifyCommand,
  certificateCommand,
  incidentCommand,
  rehearseCommand,
  doctorCommand,
  signInLinkCommand,
  reEncryptCommand,
];

/** Longer lines are hard to read, and where a program reads there is no limit. */
const helpColumns = 100;

/** Runs one command line (without node and script). What it answers is on the terminal, what failed on stderr. */
export async function runProgram(
  session: Omit<Session, 'exitWith'>,
  argv: readonly string[],
  version: string,
): Promise<ExitCode> {
  let code: ExitCode = exitCode.fine;
  let help = '';
  const program = new Command(programName)
    .description(
      'Keeps Teamwork.com client companies and their people, and Desk companies and customers, the same on both sides.',
    )
    .version(version)
    .addHelpText(
      'after',
      `\nExample:\n  $ ${programName} sync status\n\nExit codes: 0 fine, 1 the answer is no, 2 usage, 3 failed. Every command takes --json and --help.`,
    );
  for (const make of commands) program.addCommand(make({ ...session, exitWith: (given) => (code = given) }));
  const prepare = (command: CommandUnknownOpts): void => {
    command.exitOverride();
    command.configureOutput({
      writeOut: (text) => session.terminal.print(text.trimEnd()),
      writeErr: (text) => (help += text),
      getOutHelpWidth: () => Math.min(session.terminal.width(), helpColumns),
    });
    command.commands.forEach(prepare);
  };
  prepare(program);
  try {
    await program.parseAsync([...argv], { from: 'user' });
    return code;
  } catch (error) {
    if (error instanceof CommanderError && error.exitCode === 0) return exitCode.fine;
    const failure = error instanceof CommanderError ? usageFrom(error, help) : failureFrom(error);
    session.terminal.note(argv.includes('--json') ? toJson(failureJson(failure)) : failure.message);
    return failure.code;
  }
}

/** One line, with the suggestion where commander has one. A command group called alone is told what there is. */
function usageFrom({ code, message }: CommanderError, help: string): CommandFailure {
  if (code === 'commander.help') return usageFailure(help.trimEnd());
  const line = message.replace(/^error: /, '').replace(/\s*\n\s*/g, ' ');
  const end = /[.)]$/.test(line) ? '' : '.';
  return usageFailure(`${line.charAt(0).toUpperCase()}${line.slice(1)}${end}`);
}

function failureJson({ message, code, facts }: CommandFailure) {
  return { error: { message, exitCode: code, ...facts } };
}
