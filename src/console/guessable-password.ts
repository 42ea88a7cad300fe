/**
 * Passwords that a guesser tries first: the commonly known ones, what is made of them by the usual tricks, keyboard rows,
 * dates, repetitions, and what is written around it here. Nothing is asked of anybody: the list comes with the program.
 */
import { ZxcvbnFactory } from '@zxcvbn-ts/core';
import { adjacencyGraphs, dictionary } from '@zxcvbn-ts/language-common';

/** Of zxcvbn's 0 to 4; below 3 less than a hundred million tries find it. */
const leastScore = 3;
/** The work grows with the length, and nobody guesses further. */
const charactersLookedAt = 64;

const ofTheProduct = ['teamwork', 'desk', 'sync', 'console'];

let estimator: ZxcvbnFactory | undefined;

/** `own`: what everybody knows of whoever chose it, such as the name. */
export function isGuessable(password: string, own: readonly string[]): boolean {
  // Made when the first password is set, for it takes a moment and some memory.
  estimator ??= new ZxcvbnFactory({ dictionary, graphs: adjacencyGraphs });
  const beginning = password.slice(0, charactersLookedAt);
  const words = own.flatMap((text) => [text, ...text.split(/\s+/)]);
  return estimator.check(beginning, [...words, ...ofTheProduct]).score < leastScore;
}
