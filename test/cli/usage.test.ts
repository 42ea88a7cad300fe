import { exitCode, failed } from '../../src/cli/failures';
import { operate, type Desk } from './operator';

const nowhere: Desk = {
  parts: () => Promise.reject(failed('Nothing runs here: start it with `npm start`.')),
};
/** Every command, with the arguments that it cannot do without. */
const calls: Readonly<Record<string, string>> = {
  ...{ connect: '', disconnect: '', sites: '', verify: '', companies: '', customers: '', attention: '' },
  ...{ 'sync start': '', 'sync status': '', 'sync pause': '', 'sync resume': '', 'sync cancel': '' },
  ...{
    'sync plan': '',
    'sync apply': 'a-plan',
    'sync undo': 'a-run',
    'settings show': '',
    'settings set': 'conflictPolicy desk',
    pause: '',
    resume: '',
  },
  ...{ explain: 'x', timeline: 'x', unlink: 'x', relink: 'x', restore: 'x', retry: 'x' },
  ...{
    approve: '1',
    reject: '1',
    'company create': '--name x',
    'add-as-client': '1',
    'create-contact': '1',
    'create-contact --company': '1',
  },
  ...{
    answer: '1 apart',
    choose: 'x email desk',
    forget: 'x@example.test',
    certificate: '',
    rehearse: 'x',
    incident: 'x',
    doctor: '',
    'sign-in-link': '',
    're-encrypt': '',
  },
};
const commands = Object.keys(calls);

test.each(commands.filter((command) => !command.includes(' --')))(
  '%s --help shows an example and --json',
  async (command) => {
    const { code, out } = await operate(nowhere, `${command} --help`);
    expect([code, out]).toEqual([
      exitCode.fine,
      expect.stringMatching(/--json[\s\S]*\$ teamwork-desk-sync /),
    ]);
  },
);

test.each(commands.filter((command) => command !== 'doctor'))(
  '%s without a stack fails in one line',
  async (command) => {
    const { code, out, err } = await operate(nowhere, `${command} ${calls[command] ?? ''}`);
    expect([code, out, err]).toEqual([
      exitCode.failed,
      '',
      'Nothing runs here: start it with `npm start`.\n',
    ]);
  },
);

test.each([
  ['sties', "Unknown command 'sties' (Did you mean sites?)"],
  ['sync strat', "Unknown command 'strat' (Did you mean start?)"],
  ['sites --jsn', "Unknown option '--jsn' (Did you mean --json?)"],
  ['companies --status foo', 'Allowed choices are broken, paused'],
  ['companies --limit 0', 'Expected a whole number from 1'],
  ['explain', "Missing required argument 'record'."],
  ['explain a b', 'Too many arguments'],
  ['sync undo a-run x', 'Expected the number of a link.'],
  ['sync undo a-run 1 --yes', 'Name links, or give --yes'],
  ['connect --url http://acme.example.com', 'Expected https'],
  ['connect --url http://127.acme.example.com', 'Expected https'],
  ['connect --url http://[2001:db8::1]', 'Expected https'],
  ['connect --url https://user@acme.example.com', 'Expected the address of the site'],
  ['connect --desk-created 2024-02-30', 'Expected a date such as'],
  ['connect --desk-created 2999-01-01', 'lies in the future'],
  ['connect --vendor-sync maybe', 'Allowed choices are on, off'],
])('%s is answered with one line and exit code 2', async (argv, expected) => {
  const { code, out, err } = await operate(nowhere, argv);
  expect([code, out, err.trimEnd().split('\n')]).toEqual([
    exitCode.usage,
    '',
    [expect.stringContaining(expected)],
  ]);
});

test.each(commands.filter((command) => !['doctor', 'create-contact --company'].includes(command)))(
  '%s --json without a stack fails in JSON, and a typo in its options is usage',
  async (command) => {
    const full = `${command} ${calls[command] ?? ''}`;
    const failed = await operate(nowhere, `${full} --json`);
    expect([failed.code, failed.out, JSON.parse(failed.err)]).toEqual([
      exitCode.failed,
      '',
      { error: { message: 'Nothing runs here: start it with `npm start`.', exitCode: exitCode.failed } },
    ]);
    const typo = await operate(nowhere, `${full} --jsn`);
    expect([typo.code, typo.out, typo.err]).toEqual([
      exitCode.usage,
      '',
      "Unknown option '--jsn' (Did you mean --json?)\n",
    ]);
  },
);

test('the table of these tests holds every command', async () => {
  const { out } = await operate(nowhere, '--help');
  const told = [...out.slice(out.indexOf('Commands:')).matchAll(/^ {2}([a-z][a-z-]+)/gm)].map(
    ([, name]) => name,
  );
  const tried = new Set([...commands.map((command) => command.split(' ')[0]), 'help']);
  expect(told.filter((name) => !tried.has(name))).toEqual([]);
  expect(told.length).toBeGreaterThan(20);
});

test('with --json a failure is JSON on stderr, with the same exit code', async () => {
  const { code, out, err } = await operate(nowhere, 'sites --json');
  const error = { message: 'Nothing runs here: start it with `npm start`.', exitCode: exitCode.failed };
  expect([code, out, JSON.parse(err)]).toEqual([exitCode.failed, '', { error }]);
});

test('an unexpected failure shows no stack', async () => {
  const broken: Desk = { parts: () => Promise.reject(new TypeError('x is not\n    at a function')) };
  const { code, err } = await operate(broken, 'sites');
  expect([code, err]).toEqual([exitCode.failed, 'x is not at a function\n']);
});

test('called alone, it says what there is', async () => {
  const { code, err } = await operate(nowhere, '');
  expect([code, err]).toEqual([exitCode.usage, expect.stringContaining('Commands:')]);
});
