import type { TestGateway } from "./gateway.ts";

/** Pays and goes on through every action, passing the challenge; gives each answer's status, and the last answer. */
export async function paidInSteps(gateway: TestGateway, number: string, code = "123") {
  const made = await gateway.cardCheckout();
  const steps: string[] = [];
  let { body } = await gateway.payByCard(made, number, { code });
  while (body.paymentStatus === "Partial") {
    const { type, id } = body.actionResponse;
    steps.push(type);
    if (type === "THREEDS_CHALLENGE") await gateway.sandbox(`/challenges/${id}/pass`, {});
    body = (await gateway.continueCard(made, body.actionResponse)).body;
  }
  return { made, steps, body };
}
