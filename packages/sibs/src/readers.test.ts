import { Ajv } from "ajv";
import fc from "fast-check";
import type { TSchema } from "typebox";
import { describe, expect, it } from "vitest";
import type { Heard } from "./answers.ts";
import { readCardAnswer } from "./card-step.ts";
import { readCreation, readInquiry, readMandateCancellation, readMandateList } from "./mandate.ts";
import { openNotification, sealNotification } from "./notification.ts";
import { readCheckout, readOwnOperation, readPurchase, readReferenceAnswer, readStatus } from "./results.ts";
import * as schemas from "./schemas.ts";
import { messagesOf } from "./testing/messages.ts";

type Message = Readonly<Record<string, unknown>>;

/** What is read has what the message says, wherever both have a member of one name. */
function agrees(read: object, message: Message): void {
  const said = {
    transactionId: message.transactionID,
    paymentStatus: message.paymentStatus,
    paymentType: message.paymentType,
  };
  for (const [name, value] of Object.entries(said)) {
    // an empty text says nothing
    if (name in read && value) expect({ [name]: Reflect.get(read, name) }).toEqual({ [name]: value });
  }
}

const answers: readonly [string, TSchema, (body: Heard<Message>) => object | null, (message: Message) => boolean][] = [
  ["a checkout", schemas.CheckoutResponseSchema, (body) => readCheckout(body, 200, new Date()), always],
  ["a purchase", schemas.MbwayPurchaseResponseSchema, (body) => readPurchase(body, 200, null), always],
  ["a reference", schemas.GenerateReferenceResponseSchema, (body) => readReferenceAnswer(body, 200, null), always],
  ["an operation", schemas.OperationResponseSchema, (body) => readOwnOperation(body, 200, null), always],
  ["a status", schemas.StatusResponseSchema, (body) => readStatus(body, 200, null), always],
  // an action that nobody could take is no answer
  [
    "a card",
    schemas.CardPurchaseResponseSchema,
    (body) => readCardAnswer(body, 200, null)?.operation ?? null,
    notPartial,
  ],
  ["a mandate's creation", schemas.MandateCreationResponseSchema, (body) => readCreation(body, 200), named],
  ["a mandate", schemas.MandateInquiryResponseSchema, (body) => readInquiry(body, 200), hasMandate],
  ["mandates", schemas.MandateListResponseSchema, (body) => readMandateList(body, 200), ({ mandates }) => !!mandates],
  ["a mandate's end", schemas.MandateCancellationResponseSchema, (body) => readMandateCancellation(body, 200), always],
];

function always(): boolean {
  return true;
}

function notPartial({ paymentStatus }: Message): boolean {
  return paymentStatus !== "Partial";
}

function named({ transactionID, transactionId }: Message): boolean {
  return !!transactionID || !!transactionId;
}

function hasMandate({ mandate }: Message): boolean {
  return !!(mandate as { mandateId?: string } | undefined)?.mandateId;
}

describe("whatever its schema takes is read:", () => {
  const ajv = new Ajv();

  it.each(answers)("%s", (_name, schema, read, isUsable) => {
    const takes = ajv.compile(schema);
    fc.assert(
      fc.property(messagesOf(schema) as fc.Arbitrary<Message>, (message) => {
        expect(takes(message)).toBe(true);
        fc.pre(isUsable(message));
        const found = read(message);
        expect(found).not.toBeNull();
        agrees(found ?? {}, message);
      }),
    );
  });

  it("a notification", async () => {
    const secret = btoa("x".repeat(32));
    const messages = messagesOf(schemas.NotificationSchema) as fc.Arbitrary<Message>;
    await fc.assert(
      fc.asyncProperty(messages, async (message) => {
        const { body, headers } = await sealNotification(message, secret);
        agrees(await openNotification({ body, headers, secrets: secret }), message);
      }),
    );
  });
});
