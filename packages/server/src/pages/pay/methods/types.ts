import type { CardTyped, MailOutcome, PayMethod, PayScreen, PayView } from "@caravela/web/pay";
import type { AskedAttempt } from "../../../attempts/begin.ts";
import type { Attempt } from "../../../domain/payment/attempt.ts";
import type { Payment, Wish } from "../../../domain/payment/state.ts";
import type { Instant } from "../../../domain/time.ts";
import type { SentForm } from "../sent-form.ts";

/** What the customer's page has to know of a method. */
export interface MethodOnPage {
  /** What the customer calls it. */
  readonly shownAs: PayMethod;
  /** What its form asks for; absent: nothing that others could share. */
  readonly form?: "phone" | "card";
  /** Whether there is something to choose only where the customer has a mandate to use. */
  readonly isOfMandates?: true;
  /** Whether a page that offers it offers the customer's mandates too. */
  readonly offersMandates?: true;
  /** Where the customer stands while an attempt by this method is being prepared, or live. */
  screen(payment: Payment, attempt: Attempt, at: Standpoint): PayScreen;
  /**
   * Where the customer stands while what they wished for by this method is about to begin; absent: nobody knows yet.
   */
  beginning?(wish: Wish): PayScreen;
  /** Reads the method's form: the attempt it asks for, or what is wrong with what was typed. */
  read(form: SentForm): ReadForm;
}

/** When, and from where, a payment is looked at. */
export interface Standpoint {
  readonly now: Instant;
  /** How browsers reach this server. */
  readonly publicUrl: string;
}

export type ReadForm = AskedAttempt | FaultyForm;

/** A form that comes back to whoever sent it. */
export interface FaultyForm {
  readonly typed?: PayView["typed"];
  readonly cardTyped?: CardTyped;
  /** The authorised payment that was chosen cannot be charged from this page any more. */
  readonly mandateGone?: true;
  /** What became of what was to be sent by e-mail; `typed`: an address that mail does not go to. */
  readonly mailed?: { readonly outcome: MailOutcome; readonly typed: string };
  /** For how many minutes the phone that was to be asked is left alone. */
  readonly phoneRests?: number;
}
