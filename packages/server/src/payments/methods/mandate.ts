import { BY_CUSTOMER } from "../../domain/payment/begin.ts";
import { problem } from "../../http/problems.ts";
import { readParts } from "../../http/read-parts.ts";
import { readMandateId } from "../named-mandate.ts";
import { type AttemptBody, type AttemptReader, missing } from "./types.ts";

/** An authorised payment: which one, and whose it is said to be. */
export const mandate: AttemptReader = {
  takes: ["mandate", "customer"],
  read: (body, payment) => {
    const mandate = readParts({
      id: () => readMandateId(body.mandate ?? payment.mandate ?? missing("/mandate")),
      customer: () => readOwner(body.customer ?? null),
    });
    return { command: { ...BY_CUSTOMER, method: "mandate" }, inHand: {}, mandate };
  },
};

/** Reads whose mandate the request says it is. @throws Problem 422 naming what is of cards alone. */
function readOwner(customer: NonNullable<AttemptBody["customer"]> | null): string | null {
  if (customer === null || typeof customer === "string") return customer;
  const { id = null, ...ofCards } = customer;
  const stray = Object.entries(ofCards).find(([, value]) => value !== null && value !== undefined);
  if (stray === undefined) return id;
  throw problem("not_possible", "For a mandate, `customer` is your id of its customer alone: leave this out.", {
    field: `/customer/${stray[0]}`,
  });
}
