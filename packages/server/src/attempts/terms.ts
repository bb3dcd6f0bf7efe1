import { isSeen } from "@caravela/sibs/text";
import type { Payment } from "../domain/payment/state.ts";
import type { Terminal } from "../terminals.ts";
import type { Payer } from "./methods/types.ts";

/** What SIBS shows the customer of a payment: it wants something that can be seen. */
export function descriptionOf({ description, reference, id }: Payment): string {
  return [description ?? "", reference].find(isSeen) ?? id;
}

/** What SIBS must be told of a card's owner, and nobody has said; nothing where the terminal needs nobody named. */
export function missingOfPayer(payer: Payer, terminal: Pick<Terminal, "requiresCustomer"> | null): (keyof Payer)[] {
  if (terminal?.requiresCustomer === false) return [];
  return Object.entries(payer).flatMap(([name, value]) => (value === null ? [name as keyof Payer] : []));
}

/** Whose card it is: what the shop said of its customer, else what they typed themselves. */
export function payerOf({ customer }: Payment, typed: Payer | undefined): Payer {
  const named = customer?.name ?? "";
  return {
    name: isSeen(named) ? named : (typed?.name ?? null),
    email: customer?.email ?? typed?.email ?? null,
    billingAddress: customer?.billingAddress ?? typed?.billingAddress ?? null,
  };
}
