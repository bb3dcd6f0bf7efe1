import { FACTS_VERSION, type StoredFact } from "../stored.ts";
import type { Fact } from "./facts.ts";
import { PAYMENT_SINCE } from "./stored.ts";

// Journals are never rewritten: what an earlier version wrote is read here as this version would have written it. What it did not keep is absent, and
// `apply` takes that as that version did.

/** A fact as it was stored, by this version or an earlier one, in today's words. */
export function bringUpFact({ kind, at, version, data }: StoredFact): Fact {
  const fact = { kind, at: at.getTime(), ...data };
  return (version >= FACTS_VERSION ? fact : broughtUp(fact)) as Fact;
}

/** How a charge was made before there were cards, saved cards and authorised payments. */
const TERMS_SINCE = { phone: null, card: null, token: null, mandate: null, initiator: "customer" };

function broughtUp(fact: { readonly kind: string; readonly [member: string]: unknown }): object {
  const { kind, refund, ...rest } = fact;
  switch (kind) {
    case "payment_created":
      return { ...fact, payment: { ...newPaymentSince(), ...(fact.payment as object) } };
    case "attempt_prepared":
      return { ...TERMS_SINCE, ...fact };
    case "refund_requested":
      return { ...rest, kind: "operation_requested", operationKind: "refund", operation: refund };
    default:
      // the first version knew no operation but refunds
      return kind.startsWith("refund_")
        ? { ...rest, kind: kind.replace("refund", "operation"), operation: refund }
        : fact;
  }
}

function newPaymentSince(): object {
  const { saveCard, token, mandates, mandate, plan, initiator } = PAYMENT_SINCE;
  return { saveCard, token, mandates, mandate, plan, initiator };
}
