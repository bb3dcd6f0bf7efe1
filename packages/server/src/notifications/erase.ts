import type { Queries } from "@caravela/platform/postgres/pool";
import { type Erasing, erasing, KEPT } from "../domain/erasing.ts";

/** A block of SIBS's: of what it holds, these members tell nothing of the person. */
const block = (...kept: readonly string[]) =>
  erasing<Readonly<Record<string, unknown>>>(Object.fromEntries(kept.map((name) => [name, KEPT])));

const amount = block("value", "currency");

const members: Erasing<Readonly<Record<string, unknown>>> = {
  returnStatus: block("statusMsg", "statusCode"),
  paymentStatus: KEPT,
  paymentMethod: KEPT,
  paymentType: KEPT,
  transactionID: KEPT,
  transactionDateTime: KEPT,
  internalTransactionId: KEPT,
  notificationID: KEPT,
  amount,
  merchant: block("transactionId", "terminalId", "merchantName", "inApp"),
  paymentReference: block("reference", "entity", "paymentEntity", "status", "expireDate", "expiryDate"),
  mbwayMandate: erasing<Readonly<Record<string, unknown>>>({
    mandateIdentification: KEPT,
    mandateAction: KEPT,
    mandateActionStatus: KEPT,
    mandateType: KEPT,
    mandateExpirationDate: KEPT,
    mandateAmountLimit: amount,
  }),
};

/** What SIBS notified without the phone, the name and the card in it: whatever is not known to tell nothing is gone. */
export const erasePlaintext = erasing(members);

/** Erases a notification that came after its customer was erased. */
export async function eraseNotification(queries: Queries, id: string): Promise<void> {
  const { rows } = await queries.query<{ plaintext: unknown }>({
    name: "notification-to-erase",
    text: "select plaintext from caravela.notification where id = $1",
    values: [id],
  });
  const plaintext = JSON.stringify(erasePlaintext(rows[0]?.plaintext));
  await queries.query({
    name: "notification-erase",
    text: "update caravela.notification set plaintext = $2, raw = null where id = $1",
    values: [id, plaintext],
  });
}
