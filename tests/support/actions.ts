import type { Answer } from "./json.ts";
import type { Play } from "./stage.ts";

let orders = 0;

/** Asks for a payment of 5.50 € unless told otherwise, and gives its id. */
export async function createPayment(stage: Play, changes: object = {}): Promise<`pay_${string}`> {
  const wanted = { amount: 550, currency: "EUR", reference: `order-${++orders}`, ...changes };
  const made = await stage.api("POST", "/v1/payments", wanted);
  if (made.status !== 201) throw new Error(`no payment: ${JSON.stringify(made.body)}`);
  return made.body.id;
}

/** Starts an attempt on a phone that waits for a person. */
export function askPhone(stage: Play, payment: string, phone = "919999999"): Promise<Answer> {
  return stage.api("POST", `/v1/payments/${payment}/attempts`, { method: "mbway", phone });
}

/** Starts an attempt by reference. */
export function askReference(stage: Play, payment: string): Promise<Answer> {
  return stage.api("POST", `/v1/payments/${payment}/attempts`, { method: "multibanco" });
}

/** The payment as the API shows it. */
export async function read(stage: Play, payment: string) {
  return (await stage.api("GET", `/v1/payments/${payment}`)).body;
}

/** Approves what waits longest on a phone, or one request by its transaction. */
export async function approve(stage: Play, phone = "919999999", id?: string): Promise<void> {
  const answer = await stage.sandbox("POST", `/phones/351%23${phone}/approve`, id === undefined ? undefined : { id });
  if (answer.status !== 200) throw new Error(`nothing approved: ${JSON.stringify(answer.body)}`);
}

/** Pays a reference at an ATM. */
export function payAtAtm(
  stage: Play,
  { entity, reference }: { entity: string; reference: string },
  amount = "5.50",
): Promise<Answer> {
  return stage.sandbox("POST", `/references/${entity}/${reference}/pay`, { amount });
}

/** Makes calls go wrong from now on; `{}`: none. */
export async function faults(stage: Play, calls: object, notifications: object = {}): Promise<void> {
  const answer = await stage.sandbox("PUT", "/faults", { calls, notifications });
  if (answer.status !== 200) throw new Error(`no faults: ${JSON.stringify(answer.body)}`);
}

/** The types of the events that told of a payment, in the order in which the shop received them. */
export function eventTypesOf(stage: Play, payment: string): string[] {
  return stage.events.filter((event) => event.data.payment?.id === payment).map((event) => event.type);
}

/** SIBS's transactions of a payment's attempts and operations, by the id we gave them. */
export async function transactionsOf(stage: Play, merchantTransactionId: string) {
  const { body } = await stage.sandbox("GET", "/transactions?limit=100");
  return body.transactions.filter((one: { merchantTransactionId: string }) =>
    one.merchantTransactionId.startsWith(merchantTransactionId),
  );
}

/** Asks a phone for a mandate, for other words each time, and gives it as the API shows it. */
export async function askMandate(stage: Play, changes: object = {}) {
  const wanted = {
    phone: "919999999",
    customer: { id: "c9", name: "Ana" },
    type: "subscription",
    description: `Box ${++orders}`,
    ...changes,
  };
  const made = await stage.api("POST", "/v1/mandates", wanted);
  if (made.status !== 201) throw new Error(`no mandate: ${JSON.stringify(made.body)}`);
  return made.body;
}

/**
 * Approves what waits longest on a phone as a mandate, with what the customer sets; gives SIBS's transaction of its
 * creation.
 */
export async function agree(stage: Play, terms: object = {}, phone = "919999999"): Promise<string> {
  const answer = await stage.sandbox("POST", `/phones/351%23${phone}/approve`, terms);
  if (answer.status !== 200) throw new Error(`nothing agreed to: ${JSON.stringify(answer.body)}`);
  return answer.body.id;
}

/** A mandate that its customer has agreed to, as the API shows it. */
export async function activeMandate(stage: Play & { settle(): Promise<void> }, changes: object = {}, terms = {}) {
  const { id } = await askMandate(stage, changes);
  await agree(stage, terms);
  await stage.settle();
  return readMandate(stage, id);
}

/** The mandate as the API shows it. */
export async function readMandate(stage: Play, mandate: string) {
  return (await stage.api("GET", `/v1/mandates/${mandate}`)).body;
}

/** What the customer does with a mandate in the app: `suspend`, `reactivate`, `cancel`, `change`. */
export async function inTheApp(stage: Play, press: string, creation: string, terms?: object): Promise<void> {
  const answer = await stage.sandbox("POST", `/phones/351%23919999999/mandates/${creation}/${press}`, terms ?? {});
  if (answer.status !== 200) throw new Error(`not pressed: ${JSON.stringify(answer.body)}`);
}

/** The types of the events that told of a mandate and its plans, in the order in which the shop received them. */
export function eventTypesOfMandate(stage: Play, mandate: string): string[] {
  return stage.events.filter((event) => event.data.mandate?.id === mandate).map((event) => event.type);
}
