import type { Asked } from "../domain/asked.ts";
import type { RecordedOfMandate } from "../domain/mandate/facts.ts";
import type { Recorded } from "../domain/payment/facts.ts";

/** The lines of each journal. Some kinds of both are called the same, and are not. */
export interface Lines {
  readonly payment: Recorded;
  /** A mandate's, its plans' included. */
  readonly mandate: RecordedOfMandate;
}

/** Of what a journal is. */
export type JournalOf = keyof Lines;

/** Any line of a journal. */
export type Line = Lines[JournalOf];

/** A sentence for each kind of line. A kind that has none does not compile. */
export type Sentences<L extends Line> = {
  readonly [Kind in L["kind"]]: (line: Extract<L, { readonly kind: Kind }>) => string;
};

/** The words of one language. */
export type Words = { readonly [Of in JournalOf]: Sentences<Lines[Of]> } & {
  /** What the inquiries before a line came to, which said nothing new. */
  asked(asked: Asked): string;
};

/** What a line says, in one language. */
export function sentenceOf<Of extends JournalOf>(words: Words, of: Of, line: Lines[Of]): string {
  const sentences: Readonly<Record<string, (line: never) => string>> = words[of];
  const say = sentences[line.kind];
  // a newer server may run beside this one
  return say === undefined ? line.kind : say(line as never);
}
