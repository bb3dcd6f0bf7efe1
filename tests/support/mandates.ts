import type { Answer } from "./json.ts";
import type { Play, Stage } from "./stage.ts";

/** What the customer sets on the phone: text as `100.00`, and a date as `2027-12-31`. */
export interface Terms {
  readonly limit?: string;
  readonly validUntil?: string;
}

let holders = 0;

/** A phone that nobody else on the stage has, and that waits for a person. */
export function newPhone(): string {
  holders += 1;
  return `9135${String(holders).padStart(5, "0")}`;
}

/** Asks a customer to authorise payments. */
export function askMandate(stage: Play, phone: string, changes: object = {}): Promise<Answer> {
  return stage.api("POST", "/v1/mandates", {
    phone,
    customer: { name: "Ana Sousa" },
    type: "subscription",
    description: "Coffee each month",
    ...changes,
  });
}

/** A mandate that its customer approved on the phone. */
export async function authorise(
  stage: Pick<Stage, "api" | "sandbox" | "events" | "settle">,
  phone: string,
  { limit, validUntil, ...changes }: Terms & Record<string, unknown> = {},
): Promise<string> {
  const made = await askMandate(stage, phone, changes);
  if (made.status !== 201) throw new Error(`no mandate: ${JSON.stringify(made.body)}`);
  const approved = await onPhone(stage, phone, "approve", { limit, validUntil });
  if (approved.status !== 200) throw new Error(`nothing approved: ${JSON.stringify(approved.body)}`);
  await stage.settle();
  return made.body.id;
}

/** Answers what waits longest on a phone. */
export function onPhone(stage: Play, phone: string, what: "approve" | "decline", terms: object = {}): Promise<Answer> {
  return stage.sandbox("POST", `/phones/351%23${phone}/${what}`, terms);
}

/** What the customer does in the app with the one authorised payment of this phone. */
export async function changeOnPhone(
  stage: Play,
  phone: string,
  what: "suspend" | "reactivate" | "cancel" | "change",
  terms: Terms = {},
): Promise<void> {
  const { mandates } = (await stage.sandbox("GET", `/phones/351%23${phone}`)).body;
  const answer = await stage.sandbox("POST", `/phones/351%23${phone}/mandates/${mandates[0]?.id}/${what}`, terms);
  if (answer.status !== 200) throw new Error(`nothing changed: ${JSON.stringify(answer.body)}`);
}

/** Has a payment charged by a mandate. */
export function chargeMandate(stage: Play, payment: string, mandate: string): Promise<Answer> {
  return stage.api("POST", `/v1/payments/${payment}/attempts`, { method: "mandate", mandate });
}
