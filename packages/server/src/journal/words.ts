import type { Asked } from "../domain/asked.ts";
import type { RecordedOfMandate } from "../domain/mandate/facts.ts";
import type { Recorded } from "../domain/payment/facts.ts";

/** Any line of a journal: a payment's, or a mandate's, its plans' included. */
export type Line = Recorded | RecordedOfMandate;

/** A sentence for each kind of line. A kind that has none does not compile. */
export type Sentences<L extends Line> = {
  readonly [Kind in L["kind"]]: (line: Extract<L, { readonly kind: Kind }>) => string;
};

/** The words of one language. */
export interface Words {
  readonly payment: Sentences<Recorded>;
  readonly mandate: Sentences<RecordedOfMandate>;
  /** What the inquiries before a line came to, which said nothing new. */
  asked(asked: Asked): string;
}

/** What a line says, in one language. */
export function sentenceOf(words: Words, line: Line): string {
  const sentences: Readonly<Record<string, (line: never) => string>> = { ...words.payment, ...words.mandate };
  const say = sentences[line.kind];
  // a newer server may run beside this one
  return say === undefined ? line.kind : say(line as never);
}
