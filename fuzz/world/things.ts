import type { Secret } from "@caravela/platform/secret";

/** What stands in addresses, by the letters that its identifiers begin with or by what it is. */
export type Ids = Readonly<Record<string, readonly string[]>>;

/** Somebody who may ask the API. */
export interface Caller {
  /** In a word or two, for stories. */
  readonly name: string;
  readonly headers: readonly (readonly [name: string, value: string])[];
}

/** A call that was answered as it should be, while real lives were led: the beginning of others that are not. */
export interface Recorded {
  readonly method: string;
  readonly target: string;
  readonly headers: readonly (readonly [string, string])[];
  readonly body: string | null;
}

/** All that is there when a batch begins: real things, in every state. */
export interface Things {
  /** The API's things. */
  readonly ids: Ids;
  /** The words in the addresses of customers' pages. */
  readonly words: {
    readonly pay: readonly string[];
    readonly authorize: readonly string[];
    readonly manage: readonly string[];
  };
  readonly callers: readonly Caller[];
  readonly recorded: readonly Recorded[];
  /** What SIBS would seal notifications with, the first terminal's. */
  readonly webhookSecret: string;
  readonly terminals: readonly Known[];
  /** SIBS's transactions, and what the gateway's pages and sandbox name. */
  readonly transactions: readonly string[];
  readonly phones: readonly string[];
  readonly references: readonly { readonly entity: string; readonly reference: string }[];
  /** What no answer and no line of a log may hold. */
  readonly secrets: readonly string[];
}

/** A terminal, as the gateway knows it. */
export interface Known {
  readonly terminalId: string;
  readonly clientId: string;
  readonly token: string;
  readonly entity: string;
  readonly secret: string;
}

/** Somebody's key, as the setting of a server is. */
export type Key = Secret;
