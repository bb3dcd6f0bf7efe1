import {
  type AmountSaid,
  asObject,
  type Heard,
  type MerchantInitiatedDetails,
  type ReferenceDetails,
  readAmountSaid,
  readFlag,
  readMerchantInitiated,
  readReference,
  readReturnStatus,
  readText,
  readThreeDSecure,
  readToken,
  type ThreeDSecureDetails,
  type TokenDetails,
} from "./answers.ts";
import { CHECKOUT_LIFE_MS } from "./limits.ts";
import type { CheckoutResponse } from "./protocol/checkout.ts";
import type { AnsweredMerchant, PaymentMethod, PaymentStatus, PaymentType, ReturnStatus } from "./protocol/envelope.ts";
import type { MandateAvailability } from "./protocol/mandate.ts";
import type { MbwayPurchaseResponse } from "./protocol/mbway.ts";
import type { GenerateReferenceResponse } from "./protocol/multibanco.ts";
import type { OperationResponse } from "./protocol/operations.ts";
import type { StatusResponse } from "./protocol/status.ts";
import { parseTimestamp } from "./timestamp.ts";

/** A prepared transaction, good for ten minutes and one method call. The signature is a credential for that call. */
export interface Checkout {
  readonly transactionId: string;
  readonly signature: string;
  readonly expiresAt: Date;
  /** What may be used: asked for, and agreed for the terminal. */
  readonly methods: readonly PaymentMethod[];
  /** Whether an authorised payment can pay it; `null` where SIBS does not say. */
  readonly mandateAvailable: boolean | null;
  /** The answer as SIBS wrote it, not validated. */
  readonly body: CheckoutResponse;
}

/**
 * What SIBS decided, or that it has not yet. `paymentStatus` tells, whatever the HTTP status or `returnStatus` says.
 */
export interface Operation<Body = MbwayPurchaseResponse> extends AmountSaid {
  /** That of the transaction it was asked of, also where the answer has none. */
  readonly transactionId: string;
  readonly paymentStatus: PaymentStatus;
  /** SIBS's codes; empty texts where the answer has none. */
  readonly returnStatus: ReturnStatus;
  readonly httpStatus: number;
  /**
   * Where a mandate was to pay, `MBWAY` says that the phone is asked after all. `null` until a method was tried, or
   * where the answer has none.
   */
  readonly paymentMethod: PaymentMethod | null;
  /** The answer as SIBS wrote it, not validated. */
  readonly body: Body;
}

/**
 * The answer to a capture, a refund, a cancellation or a charge by the merchant: a transaction of its own, made on
 * another.
 */
export interface OwnOperation extends Omit<Operation<OperationResponse>, "transactionId"> {
  /**
   * Its own, never that of the transaction it was made on. `null` where the answer has none: ask by its
   * merchantTransactionId.
   */
  readonly transactionId: string | null;
}

/** A Multibanco reference that was asked for. */
export interface Reference extends Operation<GenerateReferenceResponse> {
  readonly reference: ReferenceDetails | null;
}

/** How a transaction stands. */
export interface TransactionStatus extends Operation<StatusResponse> {
  readonly merchantTransactionId: string | null;
  readonly paymentType: PaymentType | null;
  /** The transaction's own code, beside the call's in `returnStatus`. */
  readonly transactionStatusCode: string | null;
  readonly transactionStatusDescription: string | null;
  readonly reference: ReferenceDetails | null;
  /** The saved card, or the phone that paid. */
  readonly token: TokenDetails | null;
  /** Whether later charges by the merchant were agreed to. */
  readonly merchantInitiatedTransaction: MerchantInitiatedDetails | null;
  readonly threeDSecure: ThreeDSecureDetails | null;
}

/** Reads a checkout's answer; `null` unless it has what a method call needs. */
export function readCheckout(body: Heard<CheckoutResponse>, httpStatus: number, now: Date): Checkout | null {
  const transactionId = readText(body.transactionID);
  const signature = readText(body.transactionSignature);
  if (httpStatus >= 300 || transactionId === null || signature === null) return null;
  const { paymentMethodList } = body;
  return {
    transactionId,
    signature,
    expiresAt: parseTimestamp(body.expiry) ?? new Date(now.getTime() + CHECKOUT_LIFE_MS),
    methods: Array.isArray(paymentMethodList) ? paymentMethodList.filter((method) => typeof method === "string") : [],
    mandateAvailable: readFlag(asObject<MandateAvailability>(body.mandate)?.mandateAvailable),
    body: body as unknown as CheckoutResponse,
  };
}

/** Reads the answer to a purchase by phone; `null` when it does not say how that stands. */
export function readPurchase(
  body: Heard<MbwayPurchaseResponse>,
  httpStatus: number,
  askedOf: string | null,
): Operation | null {
  return readDecision(body, httpStatus, askedOf);
}

/**
 * Reads the answer to an operation on a transaction, whose id is not the operation's own, even where SIBS repeats it.
 */
export function readOwnOperation(
  body: Heard<OperationResponse>,
  httpStatus: number,
  original: string | null,
): OwnOperation | null {
  const decided = readDecided<OperationResponse>(body, httpStatus);
  return decided?.transactionId === original ? decided && { ...decided, transactionId: null } : decided;
}

/** Reads what every answer has in common that decides something about the transaction it was asked of. */
export function readDecision<Body>(
  body: Heard<MbwayPurchaseResponse>,
  httpStatus: number,
  askedOf: string | null,
): Operation<Body> | null {
  const decided = readDecided<Body>(body, httpStatus);
  const transactionId = decided?.transactionId ?? askedOf;
  return decided === null || transactionId === null ? null : { ...decided, transactionId };
}

type Decided<Body> = Omit<Operation<Body>, "transactionId"> & Pick<OwnOperation, "transactionId">;

function readDecided<Body>(body: Heard<MbwayPurchaseResponse>, httpStatus: number): Decided<Body> | null {
  const paymentStatus = readText(body.paymentStatus);
  if (paymentStatus === null) return null;
  return {
    transactionId: readText(body.transactionID),
    paymentStatus,
    returnStatus: readReturnStatus(body.returnStatus) ?? { statusCode: "", statusMsg: "", statusDescription: "" },
    httpStatus,
    paymentMethod: readText(body.paymentMethod),
    ...readAmountSaid(body.amount),
    body: body as Body,
  };
}

/** Reads the answer to a reference's generation. */
export function readReferenceAnswer(
  body: Heard<GenerateReferenceResponse>,
  httpStatus: number,
  askedOf: string | null,
): Reference | null {
  const operation = readDecision<GenerateReferenceResponse>(body, httpStatus, askedOf);
  return operation && { ...operation, reference: readReference(body.paymentReference) };
}

/** Reads the answer to a status inquiry. */
export function readStatus(
  body: Heard<StatusResponse>,
  httpStatus: number,
  askedOf: string | null,
): TransactionStatus | null {
  const operation = readDecision<StatusResponse>(body, httpStatus, askedOf);
  return (
    operation && {
      ...operation,
      merchantTransactionId: readText(asObject<AnsweredMerchant>(body.merchant)?.merchantTransactionId),
      paymentType: readText(body.paymentType),
      transactionStatusCode: readText(body.transactionStatusCode),
      transactionStatusDescription: readText(body.transactionStatusDescription),
      reference: readReference(body.paymentReference),
      token: readToken(body.token),
      merchantInitiatedTransaction: readMerchantInitiated(body),
      threeDSecure: readThreeDSecure(body.threeDSecure),
    }
  );
}
