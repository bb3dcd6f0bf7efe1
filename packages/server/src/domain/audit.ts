import type { TerminalId } from "./identifiers.ts";

/** Who asked: a person, a key (the one of the settings has no id), a command of `caravela`, or nobody that is known. */
export interface Asker {
  readonly type: "operator" | "shop" | "command" | "unknown";
  readonly id: string | null;
}

/** What an entry may tell of a thing: amounts, enumerations, flags, moments, identifiers. Never what somebody wrote. */
export type Told = Readonly<Record<string, string | number | boolean | null | readonly string[]>>;

/** What is asked for, before anything is done. No personal data and no secret: whoever is erased breaks no chain. */
export interface AskedAction {
  readonly by: Asker;
  /** Whose key or person it was; else whose the subject is; null: of all terminals. */
  readonly terminal: TerminalId | null;
  /** The network that it came from; null: a command's. */
  readonly from: string | null;
  /** Its `x-request-id`. */
  readonly request: string | null;
  /** The operation of `/v1`, as the description names it, or what else it is. */
  readonly operation: string;
  /** What it is about, by its id. */
  readonly subject: string | null;
  /** The names of the members that were sent. */
  readonly fields: readonly string[];
  /** What is wanted, as far as it may be told. */
  readonly after: Told | null;
  /** Why, by one of the words there are. */
  readonly reason: string | null;
}

/** How what was asked for has ended. */
export interface EndedAction {
  /** Of its answer; a command that did it: 200, one that did not: 400. */
  readonly status: number;
  /** What of the subject was otherwise before, as far as it may be told. */
  readonly before: Told | null;
  /** What there is now, as far as it may be told. */
  readonly after: Told | null;
}

/** An entry of the audit, as its text says. Two for each action: that it was asked for, and how it ended. */
export interface AuditEntry extends AskedAction {
  /** From 1 on, without gaps. */
  readonly number: number;
  /** Never before that of an earlier entry. */
  readonly at: string;
  readonly kind: "asked" | "answered";
  /** Of an answer: the number of what was asked. */
  readonly of: number | null;
  readonly before: Told | null;
  readonly status: number | null;
}
