/** What a record's state after a write says about the write (R13). */
import { canonicalEmails, isBlank, sameValue } from './canonical';
import { foldCase } from './company-name';
import { fieldsOf, type Field, type Fields, type FieldValue, type Kind } from './record';

export interface ReadBack {
  readonly kind: Kind;
  /** The values written; only these are judged. */
  readonly sent: Fields;
  /** The target side's base until now; `{}` for a create. */
  readonly base: Fields;
  /** The target's fields before the write; `{}` for a create. */
  readonly before: Fields;
  /** The target's fields as the write answered or as read back. */
  readonly after: Fields;
  readonly fromWriteAnswer: boolean;
  /** The record was last changed by our own credential's user. */
  readonly changedByUs: boolean;
}

export interface ReadBackVerdict {
  /** The target side's new base for the fields sent; an ignored field is not among them. */
  readonly base: Fields;
  readonly reformatted: readonly Field[];
  /** Still as before the write: read again, then `remote_ignored`. */
  readonly ignored: readonly Field[];
  /** Somebody changed it after our write: the base is what was sent, and the edit travels. */
  readonly editedMeanwhile: readonly Field[];
}

/**
 * Whether a field that was not sent says what no decision knew: an edit made since then, which travels (R10), or a field that
 * was never read before, and so took no part (R8). Of a record just made (`before` null) every field was known to be blank.
 */
export function newsBesides({
  kind,
  sent,
  before,
  after,
}: Pick<ReadBack, 'kind' | 'sent' | 'after'> & { readonly before: Fields | null }): boolean {
  return fieldsOf[kind].some((field) => {
    const value = after[field];
    if (sent[field] !== undefined || value === undefined) return false;
    const known = before === null ? '' : before[field];
    return known === undefined || !sameValue(field, known, value);
  });
}

/** The fields that a create did not send and that are blank on both sides: they agree, and a later edit is one (R10, R12). */
export function blanksThatAgree(
  kind: Kind,
  { sent, made, source }: { readonly sent: Fields; readonly made: Fields; readonly source: Fields },
): readonly Field[] {
  return fieldsOf[kind].filter((field) => {
    const [here, there] = [made[field], source[field]];
    const isRead = here !== undefined && there !== undefined;
    return sent[field] === undefined && isRead && isBlank(here) && isBlank(there);
  });
}

type Verdict = 'as_sent' | 'reformatted' | 'ignored' | 'edited_meanwhile';

export function judgeReadBack(write: ReadBack): ReadBackVerdict {
  const base: Partial<Record<Field, FieldValue>> = {};
  const told: Record<Exclude<Verdict, 'as_sent'>, Field[]> = {
    reformatted: [],
    ignored: [],
    edited_meanwhile: [],
  };
  for (const field of fieldsOf[write.kind]) {
    const sent = write.sent[field];
    if (sent === undefined) continue;
    const verdict = judgeField(write, field, sent);
    if (verdict !== 'as_sent') told[verdict].push(field);
    if (verdict !== 'ignored') base[field] = newBase(write, field, sent, verdict);
  }
  return {
    base,
    reformatted: told.reformatted,
    ignored: told.ignored,
    editedMeanwhile: told.edited_meanwhile,
  };
}

function judgeField(write: ReadBack, field: Field, sent: FieldValue): Verdict {
  const after = write.after[field];
  if (after === undefined || sameValue(field, sent, after)) return 'as_sent';
  const plain = isPlainForm(field, sent, after);
  if (sameValue(field, write.before[field] ?? '', after)) {
    // The vendor's form of the new value may be the old value; only the write's own answer cannot be stale.
    return write.fromWriteAnswer && plain ? 'reformatted' : 'ignored';
  }
  // A vendor gives every uploaded picture an address of its own.
  const ownForm = write.fromWriteAnswer || write.changedByUs || plain || field === 'avatar';
  return ownForm ? 'reformatted' : 'edited_meanwhile';
}

function newBase(write: ReadBack, field: Field, sent: FieldValue, verdict: Verdict): FieldValue {
  const after = verdict === 'edited_meanwhile' ? sent : (write.after[field] ?? sent);
  if (field !== 'alternativeEmails') return after;
  return movedBase(write.base[field] ?? [], write.before[field] ?? write.base[field] ?? [], after);
}

/** A set's base moves by what the write changed, so that edits of the target still to travel stay visible against it. */
function movedBase(base: FieldValue, before: FieldValue, after: FieldValue): readonly string[] {
  const [was, is] = [new Set(elements(before)), new Set(elements(after))];
  const kept = elements(base).filter((email) => !was.has(email) || is.has(email));
  return canonicalEmails([...kept, ...[...is].filter((email) => !was.has(email))]);
}

function elements(value: FieldValue): readonly string[] {
  return canonicalEmails([value].flat());
}

/** Other case, spaces or punctuation, HTML entities, or cut off. Of an address or an id every character counts. */
function isPlainForm(field: Field, sent: FieldValue, after: FieldValue): boolean {
  if (field === 'email' || field === 'company' || field === 'avatar') return false;
  if (typeof sent !== 'string' || typeof after !== 'string' || isBlank(after)) return false;
  const [long, short] = [lettersOf(sent), lettersOf(after)];
  return short !== '' && long.startsWith(short);
}

function lettersOf(text: string): string {
  const plain = text.replace(/&(#\d+|#x[\da-f]+|amp|lt|gt|quot|apos);/gi, '');
  return foldCase(plain).replace(/[^\p{L}\p{M}\p{N}]/gu, '');
}
