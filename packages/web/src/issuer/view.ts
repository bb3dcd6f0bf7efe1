import type { Cents } from "@caravela/sibs/money";
import type { Lang } from "../lang.ts";

/** The bank asks its customer for the password: `POST /issuer/challenge`, and again after a wrong one. */
export interface ChallengeView {
  readonly lang: Lang;
  readonly id: string;
  readonly merchant: string;
  readonly amount: Cents;
  /** Of the card's number: what is shown of it. */
  readonly card: { readonly firstSix: string; readonly lastFour: string };
  /** Whether a password was wrong before. */
  readonly isWrong: boolean;
  /** Where the shop wants its customer back: a page of the web. */
  readonly returnUrl: string | null;
}

/** How what the bank wanted has ended. */
export type Ending = "passed" | "failed" | "canceled" | "timed_out" | "done";

/** The last page of an action: it tells the page around it, or leads back as a full page. */
export interface EndingView {
  readonly lang: Lang;
  readonly id: string;
  /** null: the action is over, or never was. */
  readonly ending: Ending | null;
  readonly returnUrl: string | null;
}

/** `GET /issuer`: what this bank is, and its cards. */
export interface BankView {
  readonly lang: Lang;
  readonly cards: readonly { readonly number: string; readonly says: string }[];
  /** How many customers are asked to confirm now. */
  readonly waiting: number;
}
