import type { TerminalId } from "./domain/identifiers.ts";
import type { Method } from "./domain/methods/index.ts";
import type { MethodLimits } from "./domain/methods/limits.ts";
import type { Refusal } from "./domain/refusal.ts";
import type { Embedding } from "./embedding.ts";
import type { Shop } from "./shop/shop.ts";

/** What is of one terminal: a payment, a mandate, a saved card. Null: it was made before they remembered theirs. */
export interface OfTerminal {
  readonly terminal: TerminalId | null;
}

declare const HAD: unique symbol;

/**
 * What each terminal has of its own, had by `at` alone: of something that is of a terminal, and so never another's.
 */
export interface ByTerminal<T> {
  readonly [HAD]: T;
}

interface Found<T> extends ByTerminal<T> {
  readonly find: (subject: OfTerminal) => T;
}

/** What is had of the terminal of a payment, a mandate, a saved card. */
export function at<T>(by: ByTerminal<T>, subject: OfTerminal): T {
  return (by as Found<T>).find(subject);
}

/** What each terminal has of its own, by how it is found. */
export function byTerminal<T>(find: (subject: OfTerminal) => T): ByTerminal<T> {
  return { find } as Found<T>;
}

/** Knows the terminals that are served, and of which something is that does not say so itself. */
export interface KnowsTerminals {
  readonly terminals: Pick<Terminals, "of" | "idOf">;
}

/** Why nothing new may be begun of something: its terminal is not served here. Null: it is. */
export function whyNotServed({ terminals }: KnowsTerminals, subject: OfTerminal): Refusal | null {
  if (terminals.of(subject) !== null) return null;
  return { refused: "terminal_not_served", terminal: terminals.idOf(subject) };
}

/** A terminal as shops and their customers know it. */
export interface Terminal {
  /** Its number, as SIBS Backoffice shows it. */
  readonly id: TerminalId;
  /** Its Multibanco entity, five digits. */
  readonly entity: string;
  /** What a payment offers unless the shop says otherwise. */
  readonly methods: readonly Method[];
  /** Who is paid there. */
  readonly shop: Shop;
  /** Which amounts each way to pay can be used for. */
  readonly limits: MethodLimits;
  /** Whether SIBS must be told whose a card is: its e-mail and billing address. */
  readonly requiresCustomer: boolean;
  /** Where payments are shown inside the shop's pages; absent: nowhere. */
  readonly embedding?: Embedding;
}

/**
 * The terminals that this server serves. What is of another, because that was taken out of the settings, is of none of
 * these: it is charged and asked about nowhere, and stays as it is.
 */
export class Terminals<T extends Terminal = Terminal> {
  /** In the order of the settings: what says no terminal is of the first. */
  readonly all: readonly [T, ...T[]];
  readonly #byId: ReadonlyMap<TerminalId, T>;
  /** Whose everything is that was made before payments and mandates remembered their terminal. */
  readonly before: TerminalId;

  constructor(all: readonly [T, ...T[]], before: TerminalId) {
    this.all = all;
    this.#byId = new Map(all.map((one) => [one.id, one]));
    this.before = before;
  }

  get first(): T {
    return this.all[0];
  }

  /**
   * By whom requests are told apart that are of no terminal's own key: in whatever order the settings have the
   * terminals, and apart from a server's that serves none of these on the same database.
   */
  get merchant(): TerminalId {
    return this.#byId.has(this.before) ? this.before : this.first.id;
  }

  /** The terminal of this number; null: it is not served here. */
  named(id: string): T | null {
    return this.#byId.get(id as TerminalId) ?? null;
  }

  /** The number of a subject's terminal, served here or not. */
  idOf({ terminal }: OfTerminal): TerminalId {
    return terminal ?? this.before;
  }

  /** The terminal of something; null: it is not served here. */
  of(subject: OfTerminal): T | null {
    return this.named(this.idOf(subject));
  }

  /** Something for each terminal, and what whoever is of none that is served has instead. */
  each<U>(make: (terminal: T) => U, unserved: U): ByTerminal<U> {
    const made = new Map(this.all.map((one) => [one.id, make(one)]));
    return byTerminal((subject) => made.get(this.idOf(subject)) ?? unserved);
  }
}
