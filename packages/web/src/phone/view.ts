import type { Cents } from "@caravela/sibs/money";
import type { Lang } from "../lang.ts";

/**
 * What the simulated phone shows: `GET /phone?alias=…` draws it, `GET /phone/waiting?alias=…` answers it as JSON
 * (there `answered` is null), which the page asks for again and again.
 */
export interface PhoneView {
  lang: Lang;
  /** Which phone this is, as SIBS names it (`351#919999999`); null before one was chosen. */
  alias: string | null;
  /** What was typed as a phone and is none, kept so that it can be mended; null otherwise. */
  notAPhone: string | null;
  /** What waits for an answer, oldest first. */
  waiting: PhoneRequest[];
  /** What came of the answer just given (`POST /phone/approve` or `/phone/decline`, fields `alias` and `id`, sends back here by 303). */
  answered: PhoneAnswer | null;
}

export interface PhoneRequest {
  /** The transactionID. */
  id: string;
  amount: Cents;
  merchant: string;
  description: string | null;
  /** Whole seconds until SIBS stops waiting, at least 0. */
  secondsLeft: number;
}

/** `too_late`: when the press arrived the request had lapsed, or somebody else had answered it. */
export type PhoneAnswer =
  | { outcome: "approved" | "declined"; amount: Cents; merchant: string }
  | { outcome: "too_late" };
