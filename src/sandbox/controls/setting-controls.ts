/** What the controls set: limits, troubles of the hooks, rights of tokens, switches. */
import type { FastifyInstance } from 'fastify';
import type { JsonObject } from '../bodies';
import type { SandboxContext } from '../context';
import { hideBuiltInSync, showBuiltInSync } from '../cross';
import type { HookTrouble, Switches } from '../settings';
import { DEFAULT_SWITCHES, NO_TROUBLE, ROLES, SIDES } from '../settings';
import { controlBody, isGiven, oneOf, probability, refuse, text, wholeNumber } from './input';

const LARGEST_LIMIT = 1_000_000;
const LONGEST_DELAY_MS = 3_600_000;
const HOOK_KEYS = ['side', 'drop', 'duplicate', 'delayMs', 'shuffle', 'retryMs', 'timeoutMs'];

type SwitchName = keyof Switches;

const CHOICES: { readonly [K in SwitchName]: readonly Switches[K][] } = {
  teamworkRefusal: [429, 400],
  teamworkReset: ['seconds', 'epoch'],
  deskReset: ['seconds', 'epoch'],
  retryAfter: [false, true],
  rateLimitPer: ['token', 'site'],
  deletedRead: [404, 200],
  builtInSync: [false, true],
  trashedEmailReusable: [true, false],
};
const SWITCH_NAMES = Object.keys(DEFAULT_SWITCHES) as SwitchName[];

function troubleIn(body: JsonObject): HookTrouble {
  const chance = (key: string) => (isGiven(body, key) ? probability(body, key) : 0);
  const milliseconds = (key: 'delayMs' | 'retryMs' | 'timeoutMs', least: number) =>
    isGiven(body, key) ? wholeNumber(body, key, { least, most: LONGEST_DELAY_MS }) : NO_TROUBLE[key];
  return {
    drop: chance('drop'),
    duplicate: chance('duplicate'),
    shuffle: chance('shuffle'),
    delayMs: milliseconds('delayMs', 0),
    retryMs: milliseconds('retryMs', 0),
    timeoutMs: milliseconds('timeoutMs', 1),
  };
}

function switchesIn(body: JsonObject): Partial<Switches> {
  return Object.fromEntries(
    SWITCH_NAMES.filter((name) => Object.hasOwn(body, name)).map((name) => {
      const choices: readonly unknown[] = CHOICES[name];
      if (!choices.includes(body[name])) throw refuse(`${name} must be one of ${choices.join(', ')}`);
      return [name, body[name]];
    }),
  );
}

export function registerSettingControls(app: FastifyInstance, ctx: SandboxContext): void {
  const { world } = ctx;

  app.post('/sandbox/rate-limit', (request) => {
    const body = controlBody(request, ['side', 'perMinute']);
    const side = oneOf(body, 'side', SIDES);
    const perMinute = wholeNumber(body, 'perMinute', { least: 0, most: LARGEST_LIMIT });
    return ctx.changeSettings({ perMinute: { ...world.settings().perMinute, [side]: perMinute } }).perMinute;
  });

  app.post('/sandbox/hooks', (request) => {
    const body = controlBody(request, HOOK_KEYS);
    const side = oneOf(body, 'side', SIDES);
    const trouble = troubleIn(body);
    return ctx.changeSettings({ hooks: { ...world.settings().hooks, [side]: trouble } }).hooks;
  });

  app.post('/sandbox/token', (request) => {
    const body = controlBody(request, ['token', 'role']);
    const token = text(body, 'token');
    const role = oneOf(body, 'role', ROLES);
    if (!ctx.tokens.includes(token)) throw refuse('no such token: it must have been given to --token', 404);
    ctx.changeSettings({ roles: { ...world.settings().roles, [token]: role } });
    return { token, role };
  });

  app.get('/sandbox/switches', () => world.settings().switches);

  app.post('/sandbox/switches', (request) => {
    const patch = switchesIn(controlBody(request, SWITCH_NAMES));
    const before = world.settings().switches;
    const { switches } = ctx.changeSettings({ switches: { ...before, ...patch } });
    if (switches.builtInSync !== before.builtInSync) {
      if (switches.builtInSync) showBuiltInSync(world);
      else hideBuiltInSync(world);
    }
    return switches;
  });
}
