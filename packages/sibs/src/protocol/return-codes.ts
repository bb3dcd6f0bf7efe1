/** What SIBS's codes mean. Compare codes as text; others than these exist. */

/** Who can do something about it. */
export type Fault = "nobody" | "merchant" | "customer" | "issuer" | "sibs";

/**
 * Whether trying again can help. `no`; `later`: the same again after a while; `corrected`: once the request or the
 * terminal's setting is right; `customer`: when the customer wants to, by a new checkout, perhaps another phone or
 * method. Nothing is ever tried again while in doubt.
 */
export type TryAgain = "no" | "later" | "corrected" | "customer";

/** The meaning of a code. */
export interface ReturnCode {
  readonly meaning: string;
  readonly fault: Fault;
  readonly tryAgain: TryAgain;
}

/** The codes that a public source explains. */
export const returnCodes: Readonly<Record<string, ReturnCode>> = {
  "000": { meaning: "The call worked; whether money moved, paymentStatus says.", fault: "nobody", tryAgain: "no" },
  "999": {
    meaning: "Validation of the request failed; beside a Timeout in the status.",
    fault: "customer",
    tryAgain: "customer",
  },
  E0002: { meaning: "Data is missing or invalid.", fault: "merchant", tryAgain: "corrected" },
  E0101: { meaning: "The request is invalid.", fault: "merchant", tryAgain: "corrected" },
  E0113: { meaning: "Insufficient funds.", fault: "customer", tryAgain: "customer" },
  E0119: { meaning: "The operation was declined.", fault: "issuer", tryAgain: "customer" },
  E0301: {
    meaning: "The transaction was not found, or could not be processed.",
    fault: "merchant",
    tryAgain: "corrected",
  },
  E0500: { meaning: "The customer refused, or did not answer.", fault: "customer", tryAgain: "customer" },
  E0501: { meaning: "MB WAY: data is missing or invalid.", fault: "merchant", tryAgain: "corrected" },
  E0504: { meaning: "MB WAY: the phone has not the form 351#9XXXXXXXX.", fault: "merchant", tryAgain: "corrected" },
  E0506: { meaning: "MB WAY: this phone has no MB WAY.", fault: "customer", tryAgain: "customer" },
  E0507: {
    meaning: "The authorised payment is unknown, or not answered yet.",
    fault: "merchant",
    tryAgain: "corrected",
  },
  E0518: { meaning: "An authorised payment could not be collected.", fault: "issuer", tryAgain: "later" },
  E0520: { meaning: "An authorised payment could not be cancelled.", fault: "sibs", tryAgain: "later" },
  E0528: { meaning: "The payment was refunded already.", fault: "merchant", tryAgain: "no" },
  E0531: {
    meaning: "The card behind the MB WAY payment is no longer valid: pay back by another way.",
    fault: "customer",
    tryAgain: "no",
  },
  E0612: { meaning: "The reference was cancelled, or has lapsed.", fault: "merchant", tryAgain: "no" },
  E0613: { meaning: "The reference was paid already.", fault: "customer", tryAgain: "no" },
  T9999: { meaning: "SIBS is unavailable for a while and did nothing.", fault: "sibs", tryAgain: "later" },
  "00.110.1601": { meaning: "Pending, or left unanswered by the customer.", fault: "customer", tryAgain: "customer" },
  "01.106.0004": { meaning: "MB WAY: declined.", fault: "customer", tryAgain: "customer" },
  "10.106.0001": { meaning: "MB WAY: refused by the customer.", fault: "customer", tryAgain: "customer" },
  "10.107.0001": { meaning: "Multibanco: the entity is invalid.", fault: "merchant", tryAgain: "corrected" },
  "10.107.0002": { meaning: "Multibanco: the minimum amount is invalid.", fault: "merchant", tryAgain: "corrected" },
  "10.107.0003": { meaning: "Multibanco: the maximum amount is invalid.", fault: "merchant", tryAgain: "corrected" },
  "12.110.1201": {
    meaning: "Checkout: amount, expiry, token, merchant or terminal is wrong.",
    fault: "merchant",
    tryAgain: "corrected",
  },
  "12.110.1202": { meaning: "Checkout: parameters are wrong or missing.", fault: "merchant", tryAgain: "corrected" },
  "12.110.1203": { meaning: "Checkout: internal error of SIBS.", fault: "sibs", tryAgain: "later" },
  "12.110.1204": { meaning: "Checkout: internal error of SIBS.", fault: "sibs", tryAgain: "later" },
  "12.110.1205": { meaning: "Checkout: internal error of SIBS.", fault: "sibs", tryAgain: "later" },
  "12.110.1206": { meaning: "Checkout: internal error of SIBS.", fault: "sibs", tryAgain: "later" },
  "12.110.1301": {
    meaning: "Payment: the signature is missing, or is not of this transaction.",
    fault: "merchant",
    tryAgain: "corrected",
  },
  "12.110.1302": { meaning: "Payment: parameters are wrong or missing.", fault: "merchant", tryAgain: "corrected" },
  "12.110.1303": {
    meaning: "Payment: internal error of SIBS; ask for the status first.",
    fault: "sibs",
    tryAgain: "later",
  },
  "12.110.1304": { meaning: "Payment: parameters are wrong or missing.", fault: "merchant", tryAgain: "corrected" },
};

/** The meaning of a code; `null` when no public source explains it. */
export function returnCode(statusCode: string): ReturnCode | null {
  return (Object.hasOwn(returnCodes, statusCode) && returnCodes[statusCode]) || null;
}
