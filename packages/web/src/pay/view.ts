import type { Cents } from "@caravela/sibs/money";
import type { PhoneProblem } from "@caravela/sibs/phone";
import type { Lang } from "../lang.ts";

/**
 * What the payment page shows. `GET {path}` draws it, `GET {path}/view` answers it as JSON, `GET {path}/events` sends it anew at every change
 * (server-sent events whose id is `version`), and the page's forms answer it as JSON when asked to (`Accept: application/json`).
 */
export interface PayView {
  lang: Lang;
  /** Where the page is: `/pay/{token}`. Its forms and live updates are below it. */
  path: string;
  /** Grows with every change of the payment, so that news which overtook each other are put right. */
  version: number;
  /** Goes back with each form: the attempt that a press means. Two presses with the same value make one attempt. */
  request: string;
  merchant: string;
  amount: Cents;
  /** What it is for, in the shop's words. */
  description: string | null;
  /** The shop's number of the order. */
  reference: string;
  /** What the customer may choose among. */
  methods: PayMethod[];
  /** The customer's phone as the shop told it, for the field to begin with; null when it told none, or none of MB WAY. */
  phone: string | null;
  /** What was typed as a phone and is none, and why; null when nothing was, or it was one. */
  typed: { phone: string; problem: PhoneProblem } | null;
  /** The way back to the shop, with `payment` and `status` in its query; null when the shop gave none. */
  returnUrl: string | null;
  screen: PayScreen;
}

export type PayMethod = "mbway" | "multibanco";

/** Where the customer stands. A `phone` is masked as SIBS masks it: `351#*****9999`. */
export type PayScreen =
  /** Nothing asked of the customer yet. */
  | { kind: "choose" }
  /** The request is on the phone. `secondsLeft`: whole seconds until the four minutes are over, at least 0. */
  | { kind: "mbway_waiting"; phone: string; secondsLeft: number }
  /** Four minutes passed and SIBS has no end yet. `again`: whether a fresh request, wished for with `{path}/again`, is kept until it has. */
  | { kind: "mbway_confirming"; phone: string; again: "offered" | "kept" }
  /** Sent, and SIBS has not said yet whether it arrived. */
  | { kind: "unconfirmed"; method: PayMethod }
  /** A reference to pay at an ATM or a bank. `endsAt`: until when, ISO 8601. */
  | { kind: "reference"; entity: string; reference: string; endsAt: string }
  /** `again` of the last phone is one press where `phone` is there. */
  | { kind: "declined"; reason: DeclineReason; phone: string | null }
  | { kind: "not_answered"; phone: string }
  | { kind: "failed"; phone: string | null }
  /** `method` is null where it is not known any more. `returnAfterSeconds`: when the page goes back to the shop by itself; null where it stays (no way back, or asked with `?stay`). */
  | {
      kind: "paid";
      method: PayMethod | null;
      paidAt: string;
      returnAfterSeconds: number | null;
      givenBack: GivenBack | null;
    }
  /** Some or all of what was paid has been given back: all of it when `amountRefunded` is the view's `amount`. */
  | { kind: "refunded"; amountRefunded: Cents }
  | { kind: "canceled"; givenBack: GivenBack | null }
  | { kind: "expired"; givenBack: GivenBack | null }
  /** Something about the money that a person must look at first; nothing may be paid meanwhile. */
  | { kind: "under_review" };

/** Why MB WAY said no: `refused` in the app, no such MB WAY phone, not enough money, or anything else. */
export type DeclineReason = "refused" | "unknown_phone" | "no_funds" | "other";

/** Money that came twice or too late and goes back by itself; `done` once SIBS has confirmed it. */
export interface GivenBack {
  amount: Cents;
  done: boolean;
}

/** The screen of one kind. */
export type ScreenOf<Kind extends PayScreen["kind"]> = Extract<PayScreen, { kind: Kind }>;
