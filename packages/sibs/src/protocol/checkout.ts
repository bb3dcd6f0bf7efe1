/**
 * `POST /payments`: prepares a transaction and fixes its type, amount and methods; nothing is charged.
 * Authorization: Bearer. The request and the answer of SIBS's guide are the worked examples below.
 */
import type {
  Amount,
  AnsweredAmount,
  AnsweredMerchant,
  Execution,
  Merchant,
  PaymentMethod,
  ReturnStatus,
} from "./envelope.ts";
import type { CollectedMandate, MandateAvailability } from "./mandate.ts";
import type { MerchantInitiatedTransaction, RecurringTransaction } from "./mit.ts";
import type { PaymentToken } from "./payment-token.ts";
import type { Tokenisation } from "./token.ts";

/**
 * The whole request. `customer`, `recurringTransaction`, `merchantInitiatedTransaction`, `tokenisation` and `mandate`
 * belong at the top, never inside `transaction`.
 */
export interface CheckoutRequest {
  merchant: Merchant;
  transaction: CheckoutTransaction;
  /**
   * Mandatory for card, though the card checkout of SIBS's own guide goes without. A collection by mandate wants
   * `customerName`.
   */
  customer?: Customer;
  recurringTransaction?: RecurringTransaction;
  /** The name that SIBS's newer documentation has for the same. */
  merchantInitiatedTransaction?: MerchantInitiatedTransaction;
  tokenisation?: Tokenisation;
  /** Collects by this mandate; `paymentMethod` is then `["MANDATE", "MBWAY"]`. */
  mandate?: CollectedMandate;
}

/** What is to be paid and how. */
export interface CheckoutTransaction {
  /** ISO 8601; the answer's `expiry` is this plus ten minutes. */
  transactionTimestamp: string;
  /** What the customer is shown; at most 70 characters. */
  description: string;
  /** Mail or telephone order. Mandatory in SIBS's guide, missing in newer samples. */
  moto?: boolean;
  /** `PURS`: charged at once. `AUTH`: held until it is captured. */
  paymentType: "PURS" | "AUTH";
  amount: Amount;
  /**
   * Empty: every method the terminal has. Missing beside a saved card: the same, a reference only with its terms
   * (inferred).
   */
  paymentMethod?: PaymentMethod[];
  /** Mandatory with `REFERENCE`. */
  paymentReference?: PaymentReferenceTerms;
}

/** When, and within which amounts, a Multibanco reference may be paid. */
export interface PaymentReferenceTerms {
  initialDatetime: string;
  finalDatetime: string;
  minAmount: Amount;
  maxAmount: Amount;
  /** Five digits; the test environment's is `"24000"`. */
  entity: string;
}

/** Who pays. */
export interface Customer {
  customerInfo?: CustomerInfo;
  /** `PREFILL_MBWAY_ID` with nine digits fills in the phone of SIBS's own form. */
  extendedInfo?: { key: string; value: string }[];
}

/** The three members of SIBS's guide, and those that its API Market and programs in production add. */
export interface CustomerInfo {
  /** At most 45 characters: longer ones are refused (met in production). */
  customerName?: string;
  customerEmail?: string;
  customerPhone?: string;
  customerLanguage?: string;
  shippingAddress?: Address;
  billingAddress?: Address;
  billingAddressSameAsShippingAddress?: boolean;
}

/** A postal address. */
export interface Address {
  street1: string;
  /** SIBS's guide sends it empty. */
  street2?: string;
  city: string;
  /** Never empty: programs in production send `000000` where there is none. */
  postcode: string;
  /** ISO 3166-1 alpha-2. */
  country: string;
}

/** The answer to a successful request. */
export interface CheckoutResponse {
  amount: AnsweredAmount;
  merchant: AnsweredMerchant;
  /** 20 letters and digits, `s2…`. */
  transactionID: string;
  /** Authorises the method call that follows: `Authorization: Digest …`. Opaque to the merchant. */
  transactionSignature: string;
  /** Base64 of a {@link FormContext}; for SIBS's own form only. */
  formContext: string;
  /** `transactionTimestamp` plus ten minutes. */
  expiry: string;
  /** The cards announced in `paymentTokens`, resolved; none: `[]`. */
  tokenList: PaymentToken[];
  /** What may be used for this checkout: asked for, and agreed for the terminal. */
  paymentMethodList: PaymentMethod[];
  /** Whether a mandate can pay it. */
  mandate?: MandateAvailability;
  execution: Execution;
  returnStatus: ReturnStatus;
}

/** What `formContext` says, decoded from that of SIBS's guide: names in PascalCase, in this order. */
export interface FormContext {
  PaymentMethod: string[];
  TransactionSignature: string;
  Amount: { Amount: number; Currency: string };
  Mandate: { MandateAvailable?: boolean };
  ApiVersion: string;
  MOTO: boolean;
}

/** The request of SIBS's guide, as it stands there. */
export const exampleCheckoutRequest: CheckoutRequest = {
  merchant: { terminalId: 52221, channel: "web", merchantTransactionId: "Order ID: r1cm97qqjv" },
  transaction: {
    transactionTimestamp: "2023-11-09T10:31:44.989Z",
    description: "Your own description",
    moto: false,
    paymentType: "PURS",
    amount: { value: 5.5, currency: "EUR" },
    paymentMethod: ["CARD", "MBWAY", "REFERENCE"],
    paymentReference: {
      initialDatetime: "2023-11-09T10:31:44.989Z",
      finalDatetime: "2023-11-11T10:31:44.989Z",
      maxAmount: { value: 5.5, currency: "EUR" },
      minAmount: { value: 5.5, currency: "EUR" },
      entity: "24000",
    },
  },
};

/**
 * All complex types of SIBS's guide in one request, awkward parts and all: `value: 5`, `street2: ""`, seven fractional
 * digits.
 */
export const exampleFullCheckoutRequest: CheckoutRequest = {
  merchant: { terminalId: 52221, channel: "web", merchantTransactionId: "Order ID: r1cm97qqjv" },
  transaction: {
    transactionTimestamp: "2023-11-09T10:31:44.989Z",
    description: "My transaction -> Order XPTO",
    moto: false,
    paymentType: "PURS",
    amount: { value: 5, currency: "EUR" },
    paymentMethod: ["REFERENCE", "CARD", "MBWAY"],
    paymentReference: {
      initialDatetime: "2023-11-09T10:31:44.989Z",
      finalDatetime: "2023-11-11T10:31:44.989Z",
      maxAmount: { value: 5, currency: "EUR" },
      minAmount: { value: 5, currency: "EUR" },
      entity: "24000",
    },
  },
  customer: {
    customerInfo: {
      customerEmail: "client.name@hostname.pt",
      shippingAddress: { street1: "Rua 123", street2: "", city: "Lisboa", postcode: "1200-999", country: "PT" },
      billingAddress: { street1: "Rua 123", street2: "", city: "Lisboa", postcode: "1200-999", country: "PT" },
    },
  },
  recurringTransaction: {
    validityDate: "2022-09-28T17:37:31.4095147+00:00",
    amountQualifier: "DEFAULT",
    description: "My transaction -> Order XPTO",
  },
  tokenisation: { tokenisationRequest: { tokeniseCard: true } },
};

/**
 * Announces unscheduled charges: nothing is paid, the card is authenticated and kept; amounts above zero are taken too.
 */
export const exampleUnscheduledCheckoutRequest: CheckoutRequest = {
  merchant: { terminalId: 52221, channel: "web", merchantTransactionId: "CIT-UCOF-1" },
  transaction: {
    transactionTimestamp: "2026-04-15T14:00:00.000Z",
    description: "Card on file",
    moto: false,
    paymentType: "AUTH",
    amount: { value: 0, currency: "EUR" },
    paymentMethod: ["CARD"],
  },
  customer: {
    customerInfo: {
      customerName: "Jane Doe",
      customerEmail: "client.name@hostname.pt",
      billingAddress: { street1: "Rua 123", street2: "", city: "Lisboa", postcode: "1200-999", country: "PT" },
    },
  },
  merchantInitiatedTransaction: { type: "UCOF", amountQualifier: "DEFAULT" },
  tokenisation: { tokenisationRequest: { tokeniseCard: true } },
};

/** The documented collection by a mandate. */
export const exampleMandateCheckoutRequest: CheckoutRequest = {
  merchant: { terminalId: 52221, channel: "web", merchantTransactionId: "SUB-17-2026-04" },
  transaction: {
    transactionTimestamp: "2026-04-15T14:00:00.000Z",
    description: "April",
    moto: false,
    paymentType: "PURS",
    amount: { value: 9.9, currency: "EUR" },
    paymentMethod: ["MANDATE", "MBWAY"],
  },
  customer: { customerInfo: { customerName: "Jane Doe" } },
  mandate: { mandateId: "03170048986451307711" },
};

/** The answer of SIBS's guide: the terminal that went in as a number comes out as text. */
export const exampleCheckoutResponse: CheckoutResponse = {
  amount: { value: 5.5, currency: "EUR" },
  merchant: { terminalId: "52221", merchantTransactionId: "Order ID: r1cm97qqjv" },
  transactionID: "s2CB2CH3U91PdGDHsacJ",
  transactionSignature:
    "eyJ0eElkIjoiczJDQjJDSDNVOTFQZEdESHNhY0oiLCJtYyI6OTk5OTk5OSwidGMiOjUyMjIxfQ==.iouf6xtVLCzwj1tFFJfwpbepumscI6jAfQ50PuMmrpI=.XJIJNOgI3ZrvCFef6yFXl1gT6Wab0WH4Y+bthuRWRtTGux5QVtBqFXpKWV7cXwxG",
  formContext:
    "eyJQYXltZW50TWV0aG9kIjpbIkNBUkQiLCJNQldBWSIsIlJFRkVSRU5DRSJdLCJUcmFuc2FjdGlvblNpZ25hdHVyZSI6ImV5SjBlRWxrSWpvaWN6SkRRakpEU0ROVk9URlFaRWRFU0hOaFkwb2lMQ0p0WXlJNk9UazVPVGs1T1N3aWRHTWlPalV5TWpJeGZRPT0uaW91ZjZ4dFZMQ3p3ajF0RkZKZndwYmVwdW1zY0k2akFmUTUwUHVNbXJwST0uWEpJSk5PZ0kzWnJ2Q0ZlZjZ5RlhsMWdUNldhYjBXSDRZK2J0aHVSV1J0VEd1eDVRVnRCcUZYcEtXVjdjWHd4RyIsIkFtb3VudCI6eyJBbW91bnQiOjUuNSwiQ3VycmVuY3kiOiJFVVIifSwiTWFuZGF0ZSI6eyJNYW5kYXRlQXZhaWxhYmxlIjpmYWxzZX0sIkFwaVZlcnNpb24iOiJ2MSIsIk1PVE8iOmZhbHNlfQ==",
  expiry: "2023-11-09T10:41:44.989Z",
  tokenList: [],
  paymentMethodList: ["CARD", "MBWAY", "REFERENCE"],
  execution: { startTime: "2023-11-09T15:33:29.460Z", endTime: "2023-11-09T15:33:29.611Z" },
  returnStatus: { statusCode: "000", statusMsg: "Success", statusDescription: "Success" },
};
