import Type from "typebox";
import { AnsweredAmountSchema, ExecutionSchema, MerchantSchema, ReturnStatusSchema } from "./envelope.schema.ts";
import type { MandateAction, MandateActionStatus, MandateInquiryRequest, MandateStatus } from "./mandate.ts";
import { InfoSchema } from "./three-d-secure.schema.ts";

export const MandateTypeSchema = Type.Union([Type.Literal("SUBSCRIPTION"), Type.Literal("ONECLICK")]);

/** Any text: SIBS's list is open. */
export const MandateStatusSchema = Type.Unsafe<MandateStatus>(Type.String());

/** Any text as phone: whether it is an alias (`E0504`) and exists (`E0506`) is MB WAY's to say. */
export const MandateProposalSchema = Type.Object({
  mandateType: MandateTypeSchema,
  aliasMBWAY: Type.String(),
  customerName: Type.String({ minLength: 1 }),
});

export const MandateCreationRequestSchema = Type.Object({
  merchant: MerchantSchema,
  mandate: MandateProposalSchema,
  info: Type.Optional(InfoSchema),
});

export const AnsweredMandateSchema = Type.Object({
  mandateId: Type.Optional(Type.String()),
  mandateType: Type.Optional(Type.String()),
  mandateStatus: Type.Optional(MandateStatusSchema),
  mandateExpirationDate: Type.Optional(Type.String()),
  amountLimit: Type.Optional(AnsweredAmountSchema),
  amountAvailable: Type.Optional(AnsweredAmountSchema),
  aliasMBWAY: Type.Optional(Type.String()),
  customerName: Type.Optional(Type.String()),
  transactionId: Type.Optional(Type.String()),
});

export const MandateCreationResponseSchema = Type.Object({
  transactionId: Type.Optional(Type.String()),
  transactionID: Type.Optional(Type.String()),
  transactionSignature: Type.Optional(Type.String()),
  mandate: Type.Optional(AnsweredMandateSchema),
  execution: Type.Optional(ExecutionSchema),
  returnStatus: ReturnStatusSchema,
});

/** An object; members are ignored. */
export const MandateInquiryRequestSchema = Type.Unsafe<MandateInquiryRequest>(Type.Object({}));

export const MandateInquiryResponseSchema = Type.Object({
  mandate: Type.Optional(AnsweredMandateSchema),
  moreElementsIndicator: Type.Optional(Type.Boolean()),
  execution: Type.Optional(ExecutionSchema),
  returnStatus: ReturnStatusSchema,
});

export const MandateListResponseSchema = Type.Object({
  mandates: Type.Optional(Type.Array(AnsweredMandateSchema)),
  moreElementsIndicator: Type.Optional(Type.Boolean()),
  execution: Type.Optional(ExecutionSchema),
  returnStatus: ReturnStatusSchema,
});

export const MandateCancellationRequestSchema = Type.Object({
  merchant: MerchantSchema,
  info: Type.Optional(InfoSchema),
});

export const MandateCancellationResponseSchema = Type.Object({
  transactionID: Type.Optional(Type.String()),
  transactionSignature: Type.Optional(Type.String()),
  signature: Type.Optional(Type.String()),
  execution: Type.Optional(ExecutionSchema),
  returnStatus: ReturnStatusSchema,
});

export const CollectedMandateSchema = Type.Object({ mandateId: Type.String({ minLength: 1 }) });

export const MandateAvailabilitySchema = Type.Object({
  mandateAvailable: Type.Optional(Type.Boolean()),
  termsAndConditions: Type.Optional(Type.String()),
});

export const MandateUseSchema = Type.Object({ mandateCreation: Type.Boolean(), useMBWAYMandate: Type.Boolean() });

export const NotifiedMandateSchema = Type.Object({
  mandateIdentification: Type.String(),
  mandateAction: Type.Unsafe<MandateAction>(Type.String()),
  mandateActionStatus: Type.Unsafe<MandateActionStatus>(Type.String()),
  mandateType: Type.Optional(Type.String()),
  clientName: Type.Optional(Type.String()),
  aliasMBWAY: Type.Optional(Type.String()),
  mandateExpirationDate: Type.Optional(Type.String()),
  mandateAmountLimit: Type.Optional(AnsweredAmountSchema),
});
