import type { ShownPayment } from "./orders.ts";

/** How a payment stands for the customer. */
export type Standing = "unpaid" | "paid" | "refunded" | "canceled" | "expired";

/** A payment that is "pending" is as unpaid as one that is "open": goods leave when the money is there. */
export function standingOf({ status, amountRefunded }: ShownPayment): Standing {
  if (status === "paid") return amountRefunded > 0 ? "refunded" : "paid";
  return status === "canceled" || status === "expired" ? status : "unpaid";
}
