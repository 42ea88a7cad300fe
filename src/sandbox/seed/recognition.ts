/** Which clients Desk knows already, and how hard they are to recognise there. */

const TURNS = 10;

/** The turn of a client that Desk knows; null for the two thirds that it does not. */
export function turnOf(index: number): number | null {
  return index % 3 === 0 ? Math.floor(index / 3) : null;
}

/** How the name differs goes round by tens of turns. */
export function variantOf(turn: number): number {
  return turn % TURNS;
}

/** Two in ten known clients carry a name in Desk from which nobody could tell; only their domain says who they are. */
export function isKnownByDomain(turn: number | null): boolean {
  return turn !== null && (variantOf(turn) === 4 || variantOf(turn) === 9);
}

/** The mailbox that several people of a company share. */
export function sharedMailbox(domain: string): string {
  return `office@${domain}`;
}
