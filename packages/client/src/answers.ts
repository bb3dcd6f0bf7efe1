/**
 * A word that this version of the client does not know: a later server's. It is a text like another, and yet none of
 * the words that are known, so that a mistyped one does not compile. There is no such value: nothing is left of this.
 */
export declare enum UnknownWord {
  unknown = "a word of a later server",
}

/** What a list answers: some of it, the newest first, and what `after` is to be for the rest. */
export interface Page<T> {
  readonly data: readonly T[];
  readonly hasMore: boolean;
  readonly next: string | null;
}

/** What a list answers that has no pages: all of it. */
export interface Whole<T> {
  readonly data: readonly T[];
}
