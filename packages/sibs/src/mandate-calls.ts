import { pathOf, phoneFor } from "./addressing.ts";
import type { Call } from "./exchange.ts";
import type { MandateCancellationInput, MandateHolder, MandateInput } from "./inputs.ts";
import {
  type MandateCancellation,
  type MandateCreation,
  type MandateInquiry,
  type MandateList,
  readCreation,
  readInquiry,
  readMandateCancellation,
  readMandateList,
} from "./mandate.ts";
import type { MandateCancellationRequest } from "./protocol/mandate.ts";
import { mandateCreationRequest } from "./requests.ts";

/** A call about mandates; all of them carry the token. */
export type MandateCall<Value> = Omit<Call<Value>, "authorization">;

/** Asks a phone, on the occasion of a checkout or by itself. */
export function creationCall(terminalId: number | string, input: MandateInput): MandateCall<MandateCreation> {
  const { checkout } = input;
  const phone = phoneFor("mandate.aliasMBWAY", input.phone, checkout?.transactionId ?? null);
  return {
    kind: "operation",
    path: checkout ? pathOf("mbway-mandates", checkout.transactionId, "creation") : "/mbway-mandates/creation",
    transactionId: checkout?.transactionId ?? null,
    body: mandateCreationRequest(terminalId, phone, input),
    read: readCreation,
  };
}

/** Asks how a mandate stands. It is a POST, but changes nothing: safe to repeat. */
export function inquiryCall(
  name: "inquiry" | "inquiry-detail",
  transactionId: string,
  holder: MandateHolder,
): MandateCall<MandateInquiry> {
  return { kind: "read", ...ofMandate(transactionId, name, holder), body: {}, read: readInquiry };
}

/** Asks for all of them. Safe to repeat. */
export function listCall(): MandateCall<MandateList> {
  return { kind: "read", path: "/mbway-mandates/list", transactionId: null, body: {}, read: readMandateList };
}

/** Ends a mandate. */
export function cancellationCall(
  terminalId: number | string,
  transactionId: string,
  input: MandateCancellationInput,
): MandateCall<MandateCancellation> {
  const { merchantTransactionId } = input;
  const body: MandateCancellationRequest = { merchant: { terminalId, channel: "web", merchantTransactionId } };
  return { kind: "operation", ...ofMandate(transactionId, "cancel", input), body, read: readMandateCancellation };
}

/** Names a mandate: its creation in the address, its phone in the header. */
function ofMandate(transactionId: string, name: string, { phone }: MandateHolder) {
  const path = pathOf("mbway-mandates", transactionId, name);
  return { path, transactionId, headers: { "Mbway-ID": phoneFor("Mbway-ID", phone, transactionId) } };
}
