/** People who use the console: who they are, how they sign in, what they changed. Types only. */

/** Each may do all that the ones before it may. */
export type Role = 'viewer' | 'operator' | 'administrator';

export interface User {
  readonly id: number;
  readonly name: string;
  readonly role: Role;
  readonly disabled: boolean;
  readonly hasPassword: boolean;
  readonly createdAt: string;
}

export interface OpenSession {
  readonly user: User;
  /** Every form of the session carries it. */
  readonly csrf: string;
  readonly signedInAt: string;
}

export interface OwnSession {
  /** Names it, and opens nothing. */
  readonly name: string;
  /** Such as `Firefox on Linux`; null: it did not say. */
  readonly browser: string | null;
  readonly signedInAt: string;
  readonly seenAt: string;
  /** The one that asks. */
  readonly isThis: boolean;
}

export interface AuditEntry {
  readonly at: string;
  /** A user's name, or `the CLI`. */
  readonly who: string;
  readonly site: string | null;
  readonly what: string;
  /** Ids, names of settings and their values; never a secret, nor a value of a record. */
  readonly detail: Readonly<Record<string, unknown>>;
}

/** Tokens are told once, to whom they are for; the store keeps their hashes. */
export interface AccountStore {
  users(): Promise<readonly User[]>;
  /** A link for that user, made with the role if there is none of that name; answers its token. */
  signInLink(name: string, role: Role, expiresInMs: number): Promise<string>;
  /** Whom an unused, unexpired link is for. */
  linkFor(token: string): Promise<User | null>;
  /** Once; answers whom it was for. */
  useLink(token: string): Promise<User | null>;
  /** The stored password of a user who may sign in. */
  passwordOf(name: string): Promise<{ readonly user: User; readonly password: string } | null>;
  setPassword(user: number, password: string): Promise<void>;
  /** Ends the user's sessions where something is taken away. The last administrator stays one: then `last_administrator`. */
  changeUser(
    user: number,
    change: { readonly role?: Role; readonly disabled?: boolean },
  ): Promise<'changed' | 'last_administrator'>;
  /** Answers its token. */
  openSession(user: number, browser: string | null): Promise<string>;
  /** Null when it ended: by its user, by idleness or by age. Else it has been used now. */
  session(token: string): Promise<OpenSession | null>;
  /** The same question, by which it is not used. */
  sessionLasts(token: string): Promise<boolean>;
  /** Those of the user that last, the one of the token first. */
  sessions(user: number, own: string): Promise<readonly OwnSession[]>;
  /** What the next page says, once. */
  leaveNotice(token: string, notice: string): Promise<void>;
  takeNotice(token: string): Promise<string | null>;
  endSession(token: string): Promise<void>;
  /** All of the user's but, if given, the one of this token; answers how many. */
  endSessions(user: number, but: string | null): Promise<number>;
  /** False where the user has none of that name. */
  endSessionNamed(user: number, name: string): Promise<boolean>;
  noteAudit(entry: Omit<AuditEntry, 'at'>): Promise<void>;
  /** The latest first; null: those of no site. */
  audit(site: string | null, limit: number): Promise<readonly AuditEntry[]>;
}
