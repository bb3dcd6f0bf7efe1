import { Ajv } from "ajv";
import type { Static, TSchema } from "typebox";
import { describe, expect, expectTypeOf, it } from "vitest";
import * as examples from "./examples.ts";
import type * as wire from "./index.ts";
import * as schemas from "./schemas.ts";

/** Each schema, and the type written by hand that it must be. */
interface TypesByHand {
  CardInfoSchema: wire.CardInfo;
  CardPurchaseRequestSchema: wire.CardPurchaseRequest;
  CardPurchaseResponseSchema: wire.CardPurchaseResponse;
  PaymentReferenceTermsSchema: wire.PaymentReferenceTerms;
  CheckoutTransactionSchema: wire.CheckoutTransaction;
  AddressSchema: wire.Address;
  CustomerInfoSchema: wire.CustomerInfo;
  CustomerSchema: wire.Customer;
  CheckoutRequestSchema: wire.CheckoutRequest;
  CheckoutResponseSchema: wire.CheckoutResponse;
  FormContextSchema: wire.FormContext;
  TimestampSchema: string;
  NonEmptyTextSchema: string;
  PaymentStatusSchema: wire.PaymentStatus;
  PaymentTypeSchema: wire.PaymentType;
  PaymentMethodSchema: wire.PaymentMethod;
  AmountSchema: wire.Amount;
  AnsweredAmountSchema: wire.AnsweredAmount;
  ReturnStatusSchema: wire.ReturnStatus;
  ExecutionSchema: wire.Execution;
  TerminalIdSchema: number | string;
  MerchantSchema: wire.Merchant;
  AnsweredMerchantSchema: wire.AnsweredMerchant;
  RefusalSchema: wire.Refusal;
  MandateTypeSchema: wire.MandateType;
  MandateStatusSchema: wire.MandateStatus;
  MandateProposalSchema: wire.MandateProposal;
  MandateCreationRequestSchema: wire.MandateCreationRequest;
  AnsweredMandateSchema: wire.AnsweredMandate;
  MandateCreationResponseSchema: wire.MandateCreationResponse;
  MandateInquiryRequestSchema: wire.MandateInquiryRequest;
  MandateInquiryResponseSchema: wire.MandateInquiryResponse;
  MandateListResponseSchema: wire.MandateListResponse;
  MandateCancellationRequestSchema: wire.MandateCancellationRequest;
  MandateCancellationResponseSchema: wire.MandateCancellationResponse;
  CollectedMandateSchema: wire.CollectedMandate;
  MandateAvailabilitySchema: wire.MandateAvailability;
  MandateUseSchema: wire.MandateUse;
  NotifiedMandateSchema: wire.NotifiedMandate;
  MbwayPurchaseRequestSchema: wire.MbwayPurchaseRequest;
  MbwayPurchaseResponseSchema: wire.MbwayPurchaseResponse;
  AmountQualifierSchema: wire.AmountQualifier;
  ScheduleSchema: wire.Schedule;
  RecurringTransactionSchema: wire.RecurringTransaction;
  ChargeTypeSchema: wire.ChargeType;
  MerchantInitiatedTransactionSchema: wire.MerchantInitiatedTransaction;
  AnsweredMerchantInitiatedTransactionSchema: wire.AnsweredMerchantInitiatedTransaction;
  MitRequestSchema: wire.MitRequest;
  GenerateReferenceRequestSchema: wire.GenerateReferenceRequest;
  ReferenceStatusSchema: wire.ReferenceStatus;
  PaymentReferenceSchema: wire.PaymentReference;
  GenerateReferenceResponseSchema: wire.GenerateReferenceResponse;
  NotifiedMerchantSchema: wire.NotifiedMerchant;
  NotificationSchema: wire.Notification;
  NotificationAcknowledgementSchema: wire.NotificationAcknowledgement;
  OriginalTransactionSchema: wire.OriginalTransaction;
  OperationRequestSchema: wire.OperationRequest;
  CaptureRequestSchema: wire.CaptureRequest;
  OperationResponseSchema: wire.OperationResponse;
  StatusResponseSchema: wire.StatusResponse;
  KeyValueSchema: wire.KeyValue;
  DeviceInfoSchema: wire.DeviceInfo;
  InfoSchema: wire.Info;
  ActionTypeSchema: wire.ActionType;
  ActionProcessedSchema: wire.ActionProcessed;
  ActionResponseSchema: wire.ActionResponse;
  ThreeDSecureSchema: wire.ThreeDSecure;
  TokenisationSchema: wire.Tokenisation;
  PaymentTokenSchema: wire.PaymentToken;
  TokenInfoSchema: wire.TokenInfo;
  TokenPurchaseRequestSchema: wire.TokenPurchaseRequest;
}

const messages: Readonly<Record<string, unknown>> = { ...examples };

const ajv = new Ajv({ strict: true, allowUnionTypes: true });

/** What a schema says of a message: nothing when it fits, else the members at fault. */
function faults(schema: TSchema, message: unknown): string[] {
  const validate = ajv.compile(schema);
  if (validate(message)) return [];
  return (validate.errors ?? []).map(({ instancePath, params }) =>
    "missingProperty" in params ? `${instancePath}/${params.missingProperty}` : instancePath,
  );
}

/** The seed's checkout with some of its transaction changed. */
function checkoutWith(transaction: Record<string, unknown>): unknown {
  const { merchant, transaction: seeds } = examples.exampleCheckoutRequest;
  return { merchant, transaction: { ...seeds, ...transaction } };
}

/** The seed's checkout with some of its merchant changed. */
function merchantWith(merchant: Record<string, unknown>): unknown {
  const { transaction, merchant: seeds } = examples.exampleCheckoutRequest;
  return { merchant: { ...seeds, ...merchant }, transaction };
}

describe("the schemas", () => {
  it("say the same as the types written by hand, each of them", () => {
    expectTypeOf<{
      -readonly [Name in keyof typeof schemas]: Static<(typeof schemas)[Name]>;
    }>().toEqualTypeOf<TypesByHand>();
  });

  it.each([
    ["exampleCheckoutRequest", schemas.CheckoutRequestSchema],
    ["exampleFullCheckoutRequest", schemas.CheckoutRequestSchema],
    ["exampleCheckoutResponse", schemas.CheckoutResponseSchema],
    ["exampleMbwayPurchaseRequest", schemas.MbwayPurchaseRequestSchema],
    ["exampleMbwayPurchaseResponse", schemas.MbwayPurchaseResponseSchema],
    ["exampleGenerateReferenceRequest", schemas.GenerateReferenceRequestSchema],
    ["exampleGenerateReferenceResponse", schemas.GenerateReferenceResponseSchema],
    ["exampleOperationRequest", schemas.OperationRequestSchema],
    ["exampleDeclinedRefundResponse", schemas.OperationResponseSchema],
    ["exampleStatusResponse", schemas.StatusResponseSchema],
    ["exampleReferenceStatusResponse", schemas.StatusResponseSchema],
    ["exampleNotification", schemas.NotificationSchema],
    ["exampleReferencePaidNotification", schemas.NotificationSchema],
    ["exampleUnscheduledCheckoutRequest", schemas.CheckoutRequestSchema],
    ["exampleCardPurchaseRequest", schemas.CardPurchaseRequestSchema],
    ["exampleCardContinuationRequest", schemas.CardPurchaseRequestSchema],
    ["exampleCardContinuationRequest", schemas.TokenPurchaseRequestSchema],
    ["exampleCardChallengeResponse", schemas.CardPurchaseResponseSchema],
    ["exampleCardPurchaseResponse", schemas.CardPurchaseResponseSchema],
    ["exampleTokenPurchaseRequest", schemas.TokenPurchaseRequestSchema],
    ["exampleMitRequest", schemas.MitRequestSchema],
    ["exampleCaptureRequest", schemas.CaptureRequestSchema],
    ["exampleCardStatusResponse", schemas.StatusResponseSchema],
    ["exampleMitNotification", schemas.NotificationSchema],
    ["exampleMandateCreationRequest", schemas.MandateCreationRequestSchema],
    ["exampleMandateCreationResponse", schemas.MandateCreationResponseSchema],
    ["exampleMandateInquiryResponse", schemas.MandateInquiryResponseSchema],
    ["exampleMandateListResponse", schemas.MandateListResponseSchema],
    ["exampleMandateCancellationRequest", schemas.MandateCancellationRequestSchema],
    ["exampleMandateCancellationResponse", schemas.MandateCancellationResponseSchema],
    ["exampleMandateCheckoutRequest", schemas.CheckoutRequestSchema],
    ["exampleMandatePurchaseRequest", schemas.MbwayPurchaseRequestSchema],
    ["exampleMandateNotification", schemas.NotificationSchema],
    ["exampleAcknowledgement", schemas.NotificationAcknowledgementSchema],
  ])("take %s as it was written", (name, schema) => {
    expect(faults(schema, messages[name])).toEqual([]);
  });

  it("have an example for each message", () => {
    expect(Object.keys(messages)).toHaveLength(33);
  });

  it("take the seed's form context", () => {
    const context: unknown = JSON.parse(atob(examples.exampleCheckoutResponse.formContext));
    expect(faults(schemas.FormContextSchema, context)).toEqual([]);
    expect(context).toMatchObject({ TransactionSignature: examples.exampleCheckoutResponse.transactionSignature });
  });

  it.each([
    "2023-11-09T10:31:44.989Z",
    "2022-09-28T17:37:31.4095147+00:00",
    "2025-09-12T07:50:33.050874763Z",
    "2025-09-12T08:50:33.284+01:00",
    "2025-09-12T08:50:33.284+0100",
    "2026-03-12T10:48:44Z",
    "2026-03-12T10:48:44.123456",
    "2026-03-12T10:48",
  ])("take the time %s", (transactionTimestamp) => {
    expect(faults(schemas.CheckoutRequestSchema, checkoutWith({ transactionTimestamp }))).toEqual([]);
  });

  it("take a terminal id as number or text, unknown members, no moto, any list of methods", () => {
    expect(faults(schemas.CheckoutRequestSchema, merchantWith({ terminalId: "52221", shopURL: "x" }))).toEqual([]);
    const { moto, ...without } = examples.exampleCheckoutRequest.transaction;
    expect(moto).toBe(false);
    const request = { ...examples.exampleCheckoutRequest, transaction: { ...without, paymentMethod: [] }, more: {} };
    expect(faults(schemas.CheckoutRequestSchema, request)).toEqual([]);
  });

  it.each([
    [checkoutWith({ amount: { value: "5.50", currency: "EUR" } }), "/transaction/amount/value"],
    [checkoutWith({ amount: { value: -1, currency: "EUR" } }), "/transaction/amount/value"],
    [checkoutWith({ amount: { value: 5, currency: "USD" } }), "/transaction/amount/currency"],
    [checkoutWith({ amount: { currency: "EUR" } }), "/transaction/amount/value"],
    [checkoutWith({ transactionTimestamp: "yesterday" }), "/transaction/transactionTimestamp"],
    [checkoutWith({ description: "x".repeat(71) }), "/transaction/description"],
    [checkoutWith({ moto: "false" }), "/transaction/moto"],
    [checkoutWith({ paymentType: "PREF" }), "/transaction/paymentType"],
    [checkoutWith({ paymentMethod: "CARD" }), "/transaction/paymentMethod"],
    [checkoutWith({ paymentReference: {} }), "/transaction/paymentReference/initialDatetime"],
    [merchantWith({ terminalId: "one" }), "/merchant/terminalId"],
    [merchantWith({ merchantTransactionId: "x".repeat(36) }), "/merchant/merchantTransactionId"],
    [merchantWith({ merchantTransactionId: "" }), "/merchant/merchantTransactionId"],
    [{ merchant: examples.exampleCheckoutRequest.merchant }, "/transaction"],
    [
      { ...examples.exampleCheckoutRequest, customer: { customerInfo: { customerName: "x".repeat(46) } } },
      "/customer/customerInfo/customerName",
    ],
    [
      { ...examples.exampleCheckoutRequest, tokenisation: { tokenisationRequest: { tokeniseCard: "yes" } } },
      "/tokenisation/tokenisationRequest/tokeniseCard",
    ],
    [
      {
        ...examples.exampleFullCheckoutRequest,
        recurringTransaction: {
          validityDate: "2022-09-28T17:37:31.4095147+00:00",
          amountQualifier: "OTHER",
          description: "",
        },
      },
      "/recurringTransaction/amountQualifier",
    ],
  ])("refuse a checkout and name the member: case %#", (request, member) => {
    expect(faults(schemas.CheckoutRequestSchema, request)).toContain(member);
  });

  const card = examples.exampleCardPurchaseRequest.cardInfo;
  const cardWith = (changes: Record<string, unknown>) => ({ cardInfo: { ...card, ...changes } });
  const actionWith = (changes: Record<string, unknown>) => ({
    actionProcessed: { ...examples.exampleCardContinuationRequest.actionProcessed, ...changes },
  });

  it.each([
    [cardWith({ PAN: 4111 }), "/cardInfo/PAN"],
    [cardWith({ PAN: "4111 1111 1111 1111" }), "/cardInfo/PAN"],
    [cardWith({ PAN: undefined }), "/cardInfo/PAN"],
    [cardWith({ secureCode: "12" }), "/cardInfo/secureCode"],
    [cardWith({ secureCode: "12345" }), "/cardInfo/secureCode"],
    [cardWith({ validationDate: "12/28" }), "/cardInfo/validationDate"],
    [cardWith({ cardholderName: "" }), "/cardInfo/cardholderName"],
    [cardWith({ createToken: "yes" }), "/cardInfo/createToken"],
    [{ info: { deviceInfo: { browserColorDepth: 24 } } }, "/info/deviceInfo/browserColorDepth"],
    [actionWith({ id: "" }), "/actionProcessed/id"],
    [actionWith({ executed: "true" }), "/actionProcessed/executed"],
    [{ merchantInitiatedTransaction: { type: "OTHER" } }, "/merchantInitiatedTransaction/type"],
  ])("refuse a card purchase and name the member: case %#", (request, member) => {
    expect(faults(schemas.CardPurchaseRequestSchema, request)).toContain(member);
  });

  const { merchant, mandate } = examples.exampleMandateCreationRequest;
  const proposed = (changes: Record<string, unknown>) => ({ merchant, mandate: { ...mandate, ...changes } });

  it.each([
    [proposed({ mandateType: "SBSC" }), "/mandate/mandateType"],
    [proposed({ aliasMBWAY: 351912345678 }), "/mandate/aliasMBWAY"],
    [proposed({ customerName: "" }), "/mandate/customerName"],
    [proposed({ customerName: 46 }), "/mandate/customerName"],
    [{ mandate }, "/merchant"],
    [{ merchant }, "/mandate"],
  ])("refuse a mandate and name the member: case %#", (request, member) => {
    expect(faults(schemas.MandateCreationRequestSchema, request)).toContain(member);
  });

  it("refuse a collection without its mandate's id", () => {
    const collection = { ...examples.exampleMandateCheckoutRequest, mandate: {} };
    expect(faults(schemas.CheckoutRequestSchema, collection)).toEqual(["/mandate/mandateId"]);
    const purchase = { mandate: { mandateCreation: false, useMBWAYMandate: "yes" } };
    expect(faults(schemas.MbwayPurchaseRequestSchema, purchase)).toEqual(["/mandate/useMBWAYMandate"]);
  });

  it("take an action's parameters as pairs and as an object, and an action of a kind not heard of", () => {
    const { actionResponse, ...answer } = examples.exampleCardChallengeResponse;
    for (const params of [[{ key: "creq", value: "x" }], { creq: "x" }, []]) {
      const action = { ...actionResponse, type: "SOMETHING_NEW", data: { url: "https://acs.example", params } };
      expect(faults(schemas.CardPurchaseResponseSchema, { ...answer, actionResponse: action })).toEqual([]);
    }
  });

  it("take originalTransaction in either place of a charge by the merchant and of an operation", () => {
    const { originalTransaction, ...request } = examples.exampleMitRequest;
    const inside = { ...request, transaction: { ...request.transaction, type: "UCOF", originalTransaction } };
    for (const schema of [schemas.MitRequestSchema, schemas.OperationRequestSchema, schemas.CaptureRequestSchema]) {
      expect(faults(schema, inside)).toEqual([]);
      expect(faults(schema, { ...request, originalTransaction })).toEqual([]);
      expect(faults(schema, { ...request, originalTransaction: { id: 17 } })).toEqual(["/originalTransaction/id"]);
    }
  });

  it.each([
    [{ split: "yes", paymentNumber: 1, maxPayments: 2 }, "split"],
    [{ split: true, paymentNumber: 0, maxPayments: 2 }, "paymentNumber"],
    [{ split: true, paymentNumber: 1 }, "maxPayments"],
  ])("refuse a capture and name the member: case %#", (splitPayment, member) => {
    const request = { ...examples.exampleCaptureRequest, saleContext: { splitPayment } };
    expect(faults(schemas.CaptureRequestSchema, request)).toContain(`/saleContext/splitPayment/${member}`);
  });
});
