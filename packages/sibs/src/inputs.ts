import type { Card } from "./card.ts";
import type { Cents } from "./money.ts";
import type { CheckoutRequest } from "./protocol/checkout.ts";
import type { KnownPaymentMethod } from "./protocol/envelope.ts";
import type { CollectedMandate, MandateType } from "./protocol/mandate.ts";
import type { ActionProcessed, DeviceInfo } from "./protocol/three-d-secure.ts";

/** SIBS's own addresses: that of its guide for tests, and the one met in production. Mandates have another. */
export const ENVIRONMENTS = {
  quality: {
    baseUrl: "https://spg.qly.site1.sibs.pt/api/v2",
    mandatesBaseUrl: "https://api.qly.sibspayments.com/sibs/spg/v2",
  },
  production: {
    baseUrl: "https://api.sibspayments.com/api/v2",
    mandatesBaseUrl: "https://api.sibspayments.com/sibs/spg/v2",
  },
} as const;

/** What a client is made with: `environment`, or a `baseUrl` of your own. */
export type SibsOptions = SibsSettings & SibsAddress;

/** Which SIBS Gateway is called: one of SIBS's own, or another (a local gateway, a proxy). */
export type SibsAddress =
  | {
      /** SIBS's own: `"quality"` for tests, `"production"`. */
      readonly environment: keyof typeof ENVIRONMENTS;
      readonly baseUrl?: undefined;
    }
  | {
      /** Everything before `/payments`, as `"http://127.0.0.1:4010/api/v2"`. */
      readonly baseUrl: string;
      readonly environment?: undefined;
    };

/** What a client is made with, beside which SIBS Gateway it calls. */
export interface SibsSettings {
  /** The terminal, as SIBS gave it: `52221`. */
  readonly terminalId: number | string;
  /** `X-IBM-Client-Id`, a UUID given at onboarding. */
  readonly clientId: string;
  /** The bearer token from SIBS Backoffice, Credentials. */
  readonly token: string;
  /** Everything before `/mbway-mandates`; `baseUrl` where that is given, else the environment's. */
  readonly mandatesBaseUrl?: string | undefined;
  /** How long one try may take, its answer's body included: 20,000 ms. Above 0. */
  readonly timeoutMs?: number | undefined;
  /** How often a call may be sent again where that is safe: 2. */
  readonly retries?: number | undefined;
  /**
   * Told what came of each try of each call, also of those that are repeated: whoever spares SIBS when it asks for it
   * listens here.
   */
  readonly onTry?: ((came: TryOutcome) => void) | undefined;
  /** The runtime's own. */
  readonly fetch?: typeof globalThis.fetch | undefined;
  /** The system's clock. Time limits and pauses always run by the system's. */
  readonly clock?: { now(): Date } | undefined;
}

/** What came of one try of a call. */
export interface TryOutcome {
  /** `null` when no answer came, or none to its end. */
  readonly httpStatus: number | null;
  /** For how long SIBS asks to be left alone (`Retry-After`), in milliseconds; `null` when it does not. */
  readonly retryAfterMs: number | null;
}

/** What one call may be given. */
export interface CallOptions {
  /** Instead of the client's. */
  readonly timeoutMs?: number | undefined;
  /** Calls the call off. What may have moved money is then in doubt. */
  readonly signal?: AbortSignal | undefined;
}

/** What is to be paid, and how. */
export interface CheckoutInput {
  /** Your own id, 1 to 35 characters; a new one for each checkout. */
  readonly merchantTransactionId: string;
  readonly amount: Cents;
  /** What the customer is shown. SIBS is sent what fits into 70 characters, cut between whole ones. */
  readonly description: string;
  /** In SIBS's spelling, as `["MBWAY"]`. Empty: every method the terminal has. */
  readonly methods: readonly KnownPaymentMethod[];
  /** Now. The checkout lapses ten minutes after it. */
  readonly timestamp?: Date | undefined;
  /** `PURS`: charged at once, the default. `AUTH`: held until it is captured. */
  readonly paymentType?: "PURS" | "AUTH" | undefined;
  /** Mail or telephone order: false. */
  readonly moto?: boolean | undefined;
  /** Needed when `methods` holds `REFERENCE`. The amounts are the payment's unless given. */
  readonly paymentReference?:
    | {
        readonly initialDatetime: Date;
        readonly finalDatetime: Date;
        /** Five digits. */
        readonly entity: string;
        readonly minAmount?: Cents | undefined;
        readonly maxAmount?: Cents | undefined;
      }
    | undefined;
  /** Needed for cards. Of names and addresses SIBS is sent what fits (`LENGTHS`). */
  readonly customer?: CheckoutRequest["customer"] | undefined;
  /** Announces later charges by the merchant, in the words of SIBS's guide. */
  readonly recurringTransaction?: CheckoutRequest["recurringTransaction"] | undefined;
  /** The same in the words of its newer documentation: `RCRR` recurring, `UCOF` unscheduled. */
  readonly merchantInitiatedTransaction?: CheckoutRequest["merchantInitiatedTransaction"] | undefined;
  /** Asks for the card's token, or announces tokens held. */
  readonly tokenisation?: CheckoutRequest["tokenisation"] | undefined;
  /**
   * The authorised payment that is to pay; `methods` is then `["MANDATE", "MBWAY"]`, and the customer's name is wanted.
   */
  readonly mandate?: CollectedMandate | undefined;
}

/** What is to be captured or given back. */
export interface OperationInput {
  /** The operation's own id, 1 to 35 characters, by which it is found when its answer is lost. */
  readonly merchantTransactionId: string;
  /** Less than the original's: a part of it. */
  readonly amount: Cents;
  /** SIBS is sent what fits into 70 characters, and does without one. */
  readonly description?: string | undefined;
  /** Now. */
  readonly timestamp?: Date | undefined;
  /** When the original was made; sent as `originalTransaction` where given. */
  readonly originalDatetime?: Date | undefined;
}

/** What is to be captured. */
export interface CaptureInput extends OperationInput {
  /** Which of how many captures it is, counted from 1. */
  readonly splitPayment?: { readonly paymentNumber: number; readonly maxPayments: number } | undefined;
}

/** A charge by the merchant, on a first payment that the customer made. */
export interface MitInput extends OperationInput {
  /** When the first payment was made. */
  readonly originalDatetime: Date;
}

/** What a card pays with. */
export interface CardPurchaseInput {
  readonly card: Card;
  /** The customer's browser; 3-D Secure wants it. */
  readonly device?: DeviceInfo | undefined;
  /** Asks for a token to pay with later. */
  readonly createToken?: boolean | undefined;
}

/** What a saved card pays with. */
export interface TokenPurchaseInput {
  readonly token: string;
  /** The card's code, typed anew: three or four digits. */
  readonly secureCode?: string | undefined;
  readonly device?: DeviceInfo | undefined;
}

/** Whom to ask for an authorised payment, and of which kind. */
export interface MandateInput {
  /** Your own id, 1 to 35 characters, by which the creation is found when its answer is lost. */
  readonly merchantTransactionId: string;
  readonly type: MandateType;
  /** A `Phone`, or text that `parsePhone` can read. */
  readonly phone: string;
  /** Shown as its holder. */
  readonly customerName: string;
  /** What for: a short text. */
  readonly description?: string | undefined;
  /** Asks on the occasion of this checkout. */
  readonly checkout?: { readonly transactionId: string } | undefined;
}

/** Whose mandate is asked about. */
export interface MandateHolder {
  /** The phone that agreed: a `Phone`, or text that `parsePhone` can read. */
  readonly phone: string;
}

/** Which mandate is to end. */
export interface MandateCancellationInput extends MandateHolder {
  /** The cancellation's own id, 1 to 35 characters. */
  readonly merchantTransactionId: string;
}

/** What became of an action. */
export type ContinueInput = Readonly<ActionProcessed>;
