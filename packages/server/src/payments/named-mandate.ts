import { Problem } from "@caravela/platform/problems";
import type { AskedAttempt } from "../attempts/begin.ts";
import { byMandate } from "../attempts/charge-mandate.ts";
import { asMandateId, type MandateId } from "../domain/identifiers.ts";
import type { Mandate } from "../domain/mandate/state.ts";
import type { Payment } from "../domain/payment/state.ts";
import { PROBLEMS } from "../http/problem-kinds.ts";
import { problem, problemOf } from "../http/problems.ts";
import type { ReadsMandates } from "../storage/ports.ts";
import type { KnowsTerminals } from "../terminals.ts";
import type { AskedPayment, CreatePayment } from "./create-payment.ts";

/**
 * The attempt with what SIBS needs to charge its mandate, where it is by one.
 * @throws Problem 422 when it is not this customer's, 409 when it cannot be charged now.
 */
export async function withMandate(
  ports: ReadsMandates & KnowsTerminals,
  payment: Payment,
  asked: AskedAttempt,
): Promise<AskedAttempt> {
  if (asked.mandate === undefined) return asked;
  const mandate = await ports.mandates.load(asked.mandate.id);
  const isOfTerminal = mandate !== null && ports.terminals.idOf(mandate) === ports.terminals.idOf(payment);
  if (!isOfTerminal) throw unknown("/mandate");
  refuseAnothers(mandate, payment, asked.mandate.customer);
  if (mandate.status !== "active") {
    throw problemOf({ refused: "mandate_not_active", mandate: mandate.id, status: mandate.status });
  }
  return byMandate(mandate);
}

/**
 * Whoever says whose the payment is, whose the mandate, and whom they mean by the request, must mean the same customer.
 * Where the payment does not say, the request does: a mandate that is somebody's is charged for nobody else.
 */
function refuseAnothers(mandate: Mandate, { customer }: Payment, named: string | null): void {
  const owner = mandate.customer.id;
  const payer = customer?.id ?? null;
  if (payer !== null && owner !== null && payer !== owner) throw unknown("/mandate");
  if (named !== null && named !== owner) throw unknown("/customer");
  if (payer !== null || owner === null || named !== null) return;
  throw problem(
    "unknown_mandate",
    "The payment does not say whose it is: name the mandate's customer in `customer`, or make a payment with `customer.id`.",
    { field: "/customer" },
  );
}

/** Reads which mandate a request names. @throws Problem 422. */
export function readMandateId(text: string): MandateId {
  const id = asMandateId(text);
  if (id === null) throw unknown("/mandate");
  return id;
}

const NOT_THEIRS = "This customer has no such authorised payment; list them with `GET /v1/mandates`.";

function unknown(field: string) {
  return problem("unknown_mandate", NOT_THEIRS, { field });
}

/**
 * Lets through a payment whose page may offer these mandates: each is its customer's.
 * @throws Problem 422 naming each that is not.
 */
export async function checkMandates(ports: ReadsMandates, wanted: AskedPayment): Promise<CreatePayment> {
  const named = wanted.mandates.map(asMandateId);
  const mandates = named.filter((id) => id !== null);
  if (named.length === 0) return { ...wanted, mandates };
  const theirs = await ports.mandates.ofCustomer(mandates, wanted.customer?.id ?? "", wanted);
  const errors = named.flatMap((id, place) =>
    id !== null && theirs.has(id) ? [] : [{ field: `/mandates/${place}`, message: NOT_THEIRS }],
  );
  if (errors.length === 0) return { ...wanted, mandates };
  throw new Problem({ code: "unknown_mandate", ...PROBLEMS.unknown_mandate, detail: NOT_THEIRS, errors });
}
