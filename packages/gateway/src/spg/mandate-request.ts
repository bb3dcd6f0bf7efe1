import { merchant } from "./checkout-request.ts";
import { alias, object, optional, text, word } from "./reading.ts";
import { refusals } from "./refusals.ts";

const creation = object({
  merchant,
  mandate: object({
    mandateType: word("SUBSCRIPTION", "ONECLICK"),
    aliasMBWAY: alias,
    // longer than a payment's customer may be called (inferred: programs in production cut that one alone)
    customerName: text({ max: 250 }),
  }),
});

const described = object({ merchant: object({ transactionDescription: optional(text({ min: 0, max: 200 })) }) });

/** Reads the request of a mandate's creation (reference 6.1), with what the merchant says it is for, if anything. @throws Refusal 400 */
export function readCreation(body: unknown) {
  const { transactionDescription } = described(body, "").merchant;
  return { ...creation(body, ""), description: transactionDescription };
}

/** The request of a mandate's cancellation (reference 6.2). */
export const readMandateCancellation = object({ merchant });

/**
 * The phone of the header `Mbway-ID`.
 * @throws Refusal 400 with `E0501` when it is missing, `E0504` when it is malformed
 */
export function readMbwayId(header: string | readonly string[] | undefined): string {
  if (header === undefined) throw refusals.field("Mbway-ID", "is missing", "E0501");
  return alias(header, "Mbway-ID");
}
