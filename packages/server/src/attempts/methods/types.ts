import type { Attempt } from "../../domain/payment/attempt.ts";
import type { Address, Payment } from "../../domain/payment/state.ts";
import type { Instant } from "../../domain/time.ts";
import type { Card, CheckoutTerms, DeviceInfo } from "../../sibs/inputs.ts";
import type { ChargeOutcome, PreparedCheckout } from "../../sibs/outcome.ts";
import type { ActionReport, Charges } from "../../sibs/port.ts";

/** What a call needs that is never written down: it lives in the memory of one request. */
export interface InHand {
  readonly card?: Card | undefined;
  /** Whether the customer wants the card kept, and consents to later charges. */
  readonly consent?: boolean | undefined;
  /** A saved card's security code, typed anew. */
  readonly secureCode?: string | undefined;
  /** SIBS's token of a saved card. */
  readonly tokenValue?: string | undefined;
  /** SIBS's own id of a mandate. */
  readonly mandateId?: string | undefined;
  readonly device?: DeviceInfo | undefined;
  /** Whose card or mandate it is, where the payment does not say: asked on the form, and not kept. */
  readonly customer?: Payer | undefined;
}

/** What SIBS must know of a card's owner (seed: mandatory for card); of a mandate's, the name alone (GH-TG). */
export interface Payer {
  readonly name: string | null;
  readonly email: string | null;
  readonly billingAddress: Address | null;
}

/** How one method is asked of SIBS. */
export interface MethodCalls {
  /** SIBS's names for it in a checkout's `paymentMethod`. */
  readonly wireNames: CheckoutTerms["methods"];
  /** What its checkout says beyond amount, customer and description. */
  terms(payment: Payment, given: KnownOfAttempt): Partial<CheckoutTerms>;
  /** The one call that asks the customer, or their bank, for money. */
  send(sibs: Charges, checkout: PreparedCheckout, attempt: Attempt, inHand: InHand): Promise<ChargeOutcome>;
  /**
   * The call that goes on after the customer's browser did what the issuer wanted; only of methods whose issuer may
   * want something.
   */
  readonly goOn?: (sibs: Charges, checkout: PreparedCheckout, done: ActionReport) => Promise<ChargeOutcome>;
}

/** What a checkout's terms may depend on beside its payment. */
export interface KnownOfAttempt {
  readonly now: Instant;
  readonly entity: string;
  readonly inHand: InHand;
}
