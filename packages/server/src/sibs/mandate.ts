import type { MandateDetails, MandateType as WireType } from "@caravela/sibs";
import type { MandateReport } from "../domain/mandate/hear.ts";
import type { MandateType } from "../domain/mandate/state.ts";
import type { ListedMandate } from "./outcome.ts";

/** SIBS's words for what a mandate is for. */
export const WIRE_TYPES: Readonly<Record<MandateType, WireType>> = {
  subscription: "SUBSCRIPTION",
  oneclick: "ONECLICK",
};

/**
 * Brings what SIBS said about a mandate to the one shape that the rules read; null: it knows none, or none that was
 * agreed to yet.
 */
export function mandateReportOf(said: MandateDetails | null): MandateReport {
  if (said === null) return { status: null, mandateId: null, limit: null, validUntil: null };
  const { status, mandateId, limit, validUntil } = said;
  return { status, mandateId, limit, validUntil };
}

/** A mandate in the merchant's list, in the rules' words. */
export function listedMandateOf({ transactionId, mandateId, phone, type }: MandateDetails): ListedMandate {
  const known = (Object.keys(WIRE_TYPES) as MandateType[]).find((one) => WIRE_TYPES[one] === type);
  return { transactionId, mandateId, phone, type: known ?? null };
}
