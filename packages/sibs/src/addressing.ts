import { InvalidRequestError } from "./errors.ts";
import { type Phone, parsePhone } from "./phone.ts";
import type { Checkout } from "./results.ts";
import { HEADER_TEXT } from "./setup.ts";

/** What a method call needs of a checkout. */
export type CheckoutKey = Pick<Checkout, "transactionId" | "signature">;

/** The call of a method, the second step, with the checkout's signature in place of the token. */
export function methodCall({ transactionId, signature }: CheckoutKey, name: string) {
  const path = pathOf("payments", transactionId, name);
  if (!HEADER_TEXT.test(signature))
    throw notSent("transactionSignature", "it is no checkout's signature", transactionId);
  return { kind: "method", path, authorization: `Digest ${signature}`, transactionId } as const;
}

/**
 * An empty id would make another address of it, as it did to the page of SIBS's own guide.
 * @throws InvalidRequestError when it is.
 */
export function pathOf(root: "payments" | "mbway-mandates", transactionId: string, name: string): string {
  if (!transactionId) throw notSent("transactionID", "the transaction's id is empty", null);
  return `/${root}/${encodeURIComponent(transactionId)}/${name}`;
}

/**
 * Reads a phone as MB WAY names it. @throws InvalidRequestError when it is none, naming the member it was to go into.
 */
export function phoneFor(field: string, text: string, transactionId: string | null): Phone {
  const parsed = parsePhone(text);
  if (parsed.ok) return parsed.phone;
  throw notSent(field, `not a Portuguese mobile number (${parsed.reason})`, transactionId);
}

/** What cannot be sent is refused before anything is. */
export function notSent(field: string, message: string, transactionId: string | null): InvalidRequestError {
  return new InvalidRequestError(message, { httpStatus: null, returnStatus: null, transactionId, tries: 0 }, field);
}
