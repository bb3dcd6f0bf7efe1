/**
 * What SIBS's messages have in common. Amounts, terminal ids and times are written by SIBS in more than one way
 * (reference §13, §15); these types name every way that was met.
 */

/** How a transaction stands (seed: `Timeout`; V2-C3, PG-MN-REF: the others; `Expired` met in production). Others may come: treat as not final. */
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
 * What kind of transaction it is. Seed: `PURS` (charged at once); V2: `AUTH` (held, captured later); captured: `PREF` (a reference, from its generation on);
 * `MITR` by the merchant. The rest came from integrations in production and is no payment: `CAUT`, `CAPT`, `RFND`, `CMBW`, `CPRF`, `RVSL`, `CSHT`.
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

/** A way to pay, in SIBS's spelling. Seed: the first three. */
export type PaymentMethod =
  | "CARD"
  | "MBWAY"
  | "REFERENCE"
  | "MANDATE"
  | "TOKEN"
  | "QRCODE"
  | "STATIC_QRCODE"
  | "XPAY"
  | (string & {});

/** An amount as a request carries it: a JSON number of euros with at most two decimals (seed: `5`, `5.5`). */
export interface Amount {
  value: number;
  currency: "EUR";
}

/** An amount as an answer carries it: a number at checkout (seed: `5.5`), text in the status (seed: `"5.50"`). */
export interface AnsweredAmount {
  value: number | string;
  currency: string;
}

/** The result of the call itself; `000` never says that money moved (V2-C5). */
export interface ReturnStatus {
  /** Text, to be compared as text: `"000"`, `"999"`, `"E0506"`, `"10.106.0001"` (see `returnCode`). */
  statusCode: string;
  statusMsg: string;
  statusDescription: string;
}

/** When SIBS worked on the call: ISO 8601, UTC, milliseconds (seed). */
export interface Execution {
  startTime: string;
  endTime: string;
}

/** The merchant of a request (seed). */
export interface Merchant {
  /** The seed sends a number; programs in production send text too. */
  terminalId: number | string;
  /** `"web"` everywhere (seed). */
  channel: string;
  /** The merchant's own id: 1 to 35 characters (SG3-IG), not necessarily new at SIBS's (met in production). */
  merchantTransactionId: string;
  /** Short text (met in production: a refund's). */
  transactionDescription?: string;
}

/** The merchant of an answer: the terminal comes back as text (seed). */
export interface AnsweredMerchant {
  terminalId: number | string;
  merchantTransactionId: string;
  /** Operations only: the request's own timestamp, in the caller's precision (captured, CKO-ZD). */
  merchantTransactionTimestamp?: string;
}

/** A refusal: only `returnStatus` is certain (reference 11.3). */
export interface Refusal {
  returnStatus: ReturnStatus;
  execution?: Execution;
}
