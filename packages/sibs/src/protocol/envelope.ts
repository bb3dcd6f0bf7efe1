/**
 * What SIBS's messages have in common. Amounts, terminal ids and times are written by SIBS in more than one way;
 * these types name every way that was met.
 */

/** How a transaction stands. `Expired` was met in production alone. Others may come: treat as not final. */
export type PaymentStatus =
  | "Success"
  | "Pending"
  | "InProcessing"
  | "Partial"
  | "Declined"
  | "Timeout"
  | "Error"
  | "Expired"
  | (string & {});

/**
 * What kind of transaction it is: `PURS` (charged at once), `AUTH` (held, captured later), `PREF` (a reference, from
 * its generation on), `MITR` by the merchant. The rest came from integrations in production and is no payment: `CAUT`,
 * `CAPT`, `RFND`, `CMBW`, `CPRF`, `RVSL`, `CSHT`.
 */
export type PaymentType =
  | "PURS"
  | "AUTH"
  | "PREF"
  | "MITR"
  | "CAUT"
  | "CAPT"
  | "RFND"
  | "CMBW"
  | "CPRF"
  | "RVSL"
  | "CSHT"
  | (string & {});

/** A way to pay that is known, in SIBS's spelling: what a checkout may ask for. */
export type KnownPaymentMethod =
  | "CARD"
  | "MBWAY"
  | "REFERENCE"
  | "MANDATE"
  | "TOKEN"
  | "QRCODE"
  | "STATIC_QRCODE"
  | "XPAY";

/** A way to pay, in SIBS's spelling, as an answer has it: others may come. */
export type PaymentMethod = KnownPaymentMethod | (string & {});

/** An amount as a request carries it: a JSON number of euros with at most two decimals: `5`, `5.5`. */
export interface Amount {
  value: number;
  currency: "EUR";
}

/** An amount as an answer carries it: a number at checkout (`5.5`), text in the status (`"5.50"`). */
export interface AnsweredAmount {
  value: number | string;
  currency: string;
}

/** The result of the call itself; `000` never says that money moved. */
export interface ReturnStatus {
  /** Text, to be compared as text: `"000"`, `"999"`, `"E0506"`, `"10.106.0001"` (see `returnCode`). */
  statusCode: string;
  statusMsg: string;
  statusDescription: string;
}

/** When SIBS worked on the call: ISO 8601, UTC, milliseconds. */
export interface Execution {
  startTime: string;
  endTime: string;
}

/** The merchant of a request. */
export interface Merchant {
  /** SIBS's guide sends a number; programs in production send text too. */
  terminalId: number | string;
  /** `"web"` everywhere. */
  channel: string;
  /** The merchant's own id: 1 to 35 characters, not necessarily new at SIBS's (met in production). */
  merchantTransactionId: string;
  /** Short text (met in production: a refund's). */
  transactionDescription?: string;
}

/** The merchant of an answer: the terminal comes back as text. */
export interface AnsweredMerchant {
  terminalId: number | string;
  merchantTransactionId: string;
  /** Operations only: the request's own timestamp, in the caller's precision (captured, CKO-ZD). */
  merchantTransactionTimestamp?: string;
}

/** A refusal: only `returnStatus` is certain. */
export interface Refusal {
  returnStatus: ReturnStatus;
  execution?: Execution;
}
