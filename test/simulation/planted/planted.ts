/** The bugs by what they are about. */
import { edits } from './edits';
import { masses } from './masses';
import { operators } from './operators';
import { rules } from './rules';

export const planted = { rules, edits, masses, operators };
export type Group = keyof typeof planted;
