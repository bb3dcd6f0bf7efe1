import { asObject, type Heard, readAmount, readFlag, readReturnStatus, readText } from "./answers.ts";
import type { Cents } from "./money.ts";
import type { Refusal, ReturnStatus } from "./protocol/envelope.ts";
import type {
  AnsweredMandate,
  MandateAction,
  MandateActionStatus,
  MandateCancellationResponse,
  MandateCreationResponse,
  MandateInquiryResponse,
  MandateListResponse,
  MandateStatus,
  MandateType,
  NotifiedMandate,
} from "./protocol/mandate.ts";

/** An authorised payment, brought to one shape from an answer. */
export interface MandateDetails {
  /** What a collection names: 20 digits. */
  readonly mandateId: string;
  /** The creation's: what inquiries and the cancellation name. */
  readonly transactionId: string | null;
  readonly type: MandateType | null;
  /** Only `ACTV` can be charged. Empty where the answer does not say. */
  readonly status: MandateStatus;
  /** `351#9XXXXXXXX`. */
  readonly phone: string | null;
  readonly customerName: string | null;
  /** The customer's own: for each month, or for each purchase with one-click. `null` until the customer has set it. */
  readonly limit: Cents | null;
  /** What is left of the limit; `null` where the answer does not say. */
  readonly available: Cents | null;
  /** The last day it is good for, `YYYY-MM-DD`. */
  readonly validUntil: string | null;
}

/** What a notification tells of an authorised payment. */
export interface NotifiedMandateDetails
  extends Pick<MandateDetails, "mandateId" | "type" | "phone" | "customerName" | "limit" | "validUntil"> {
  /**
   * Created `CRTN`, suspended `SSPN`, reactivated `RCTV`, limit or end changed `LMUP`, cancelled `CNCL`. Empty where
   * the notice does not say.
   */
  readonly action: MandateAction;
  /** Done `SCCS`, rejected `RJCT`, refused by the customer `RFSD`. */
  readonly actionStatus: MandateActionStatus;
}

/** What every answer about mandates has. */
interface MandateAnswer<Body> {
  /** SIBS's codes: another than `000` is a refusal. */
  readonly returnStatus: ReturnStatus;
  readonly httpStatus: number;
  /** The answer as SIBS wrote it, not validated. */
  readonly body: Body;
}

/**
 * An authorised payment that was asked for: its customer has four minutes. `returnStatus` tells of a refusal that came
 * with HTTP 200.
 */
export interface MandateCreation extends MandateAnswer<MandateCreationResponse> {
  /**
   * By this it is inquired after and cancelled. `null` only where SIBS refused; a refusal can have one too, so ask
   * `returnStatus`.
   */
  readonly transactionId: string | null;
  readonly signature: string | null;
  /** Not good for anything yet; `null` where SIBS refused. */
  readonly mandate: MandateDetails | null;
}

/** How an authorised payment stands. */
export interface MandateInquiry extends MandateAnswer<MandateInquiryResponse> {
  /** `null`: SIBS knows none (`E0507`), or the customer has not answered, or refused. */
  readonly mandate: MandateDetails | null;
}

/** The merchant's authorised payments. */
export interface MandateList extends MandateAnswer<MandateListResponse> {
  readonly mandates: readonly MandateDetails[];
  /** Whether SIBS has others; how to ask for them, no text says. */
  readonly more: boolean;
}

/** An authorised payment that was to end. It did if the code is `000`. */
export interface MandateCancellation extends MandateAnswer<MandateCancellationResponse> {
  /** The cancellation's own. */
  readonly transactionId: string | null;
}

/** Unknown, or not answered yet. */
const UNKNOWN_MANDATE = "E0507";

/** Reads a creation's answer; `null` unless SIBS says that it asked, or with HTTP 200 that it refused. */
export function readCreation(body: Heard<MandateCreationResponse>, httpStatus: number): MandateCreation | null {
  const answer = readAccepted<MandateCreationResponse>(body, httpStatus);
  const transactionId = transactionIdOf(body);
  if (answer === null || (transactionId === null && answer.returnStatus.statusCode === "000")) return null;
  return {
    ...answer,
    transactionId,
    signature: readText(body.transactionSignature),
    mandate: readMandate(body.mandate),
  };
}

/** Reads an inquiry's answer; `null` unless it has a mandate, or says that there is none, whatever its HTTP status. */
export function readInquiry(body: Heard<MandateInquiryResponse>, httpStatus: number): MandateInquiry | null {
  const answer = readAnswer<MandateInquiryResponse>(body, httpStatus);
  if (answer?.returnStatus.statusCode === UNKNOWN_MANDATE) return { ...answer, mandate: null };
  const mandate = readMandate(body.mandate);
  return answer && mandate && httpStatus < 300 ? { ...answer, mandate } : null;
}

/** Reads a list; `null` when it is none. No `mandates` beside `000`: the merchant has none (inferred). */
export function readMandateList(body: Heard<MandateListResponse>, httpStatus: number): MandateList | null {
  const answer = readAccepted<MandateListResponse>(body, httpStatus);
  const listed = Array.isArray(body.mandates) ? body.mandates : null;
  if (answer === null || (listed === null && answer.returnStatus.statusCode !== "000")) return null;
  const mandates = (listed ?? []).map(readMandate).filter((mandate) => mandate !== null);
  return { ...answer, mandates, more: readFlag(body.moreElementsIndicator) ?? false };
}

/** Reads a cancellation's answer; `null` unless SIBS says with HTTP 200 what became of it. */
export function readMandateCancellation(
  body: Heard<MandateCancellationResponse>,
  httpStatus: number,
): MandateCancellation | null {
  const answer = readAccepted<MandateCancellationResponse>(body, httpStatus);
  return answer && { ...answer, transactionId: transactionIdOf(body) };
}

/** Reads the block of a notification, which has other names for the same things; `null` when there is none. */
export function readNotifiedMandate(value: unknown): NotifiedMandateDetails | null {
  const wire = asObject<NotifiedMandate>(value);
  const mandateId = readText(wire?.mandateIdentification);
  if (wire === null || mandateId === null) return null;
  return {
    mandateId,
    action: readText(wire.mandateAction) ?? "",
    actionStatus: readText(wire.mandateActionStatus) ?? "",
    type: readType(wire.mandateType),
    phone: readText(wire.aliasMBWAY),
    customerName: readText(wire.clientName),
    limit: readAmount(wire.mandateAmountLimit),
    validUntil: readDay(wire.mandateExpirationDate),
  };
}

function readMandate(value: unknown): MandateDetails | null {
  const wire = asObject<AnsweredMandate>(value);
  const mandateId = readText(wire?.mandateId);
  if (wire === null || mandateId === null) return null;
  return {
    mandateId,
    transactionId: readText(wire.transactionId),
    type: readType(wire.mandateType),
    status: readText(wire.mandateStatus) ?? "",
    phone: readText(wire.aliasMBWAY),
    customerName: readText(wire.customerName),
    limit: readAmount(wire.amountLimit),
    available: readAmount(wire.amountAvailable),
    validUntil: readDay(wire.mandateExpirationDate),
  };
}

function readAccepted<Body>(body: Heard<Refusal>, httpStatus: number): MandateAnswer<Body> | null {
  return httpStatus < 300 ? readAnswer(body, httpStatus) : null;
}

function readAnswer<Body>(body: Heard<Refusal>, httpStatus: number): MandateAnswer<Body> | null {
  const returnStatus = readReturnStatus(body.returnStatus);
  return returnStatus && { returnStatus, httpStatus, body: body as Body };
}

/** A creation spells it with a small `d`, the cancellation and all of `/payments` with a capital. */
function transactionIdOf(body: Heard<MandateCreationResponse>): string | null {
  return readText(body.transactionID) ?? readText(body.transactionId);
}

/** Notifications abbreviate a subscription to `SBSC`. */
function readType(value: unknown): MandateType | null {
  if (value === "SBSC" || value === "SUBSCRIPTION") return "SUBSCRIPTION";
  return value === "ONECLICK" ? value : null;
}

/** Reads a day; what follows the date is cut off, as production does. `null` when the calendar has none such. */
function readDay(value: unknown): string | null {
  const day = /^\d{4}-\d\d-\d\d(?!\d)/.exec(readText(value) ?? "")?.[0];
  if (day === undefined) return null;
  const date = new Date(`${day}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(day) ? day : null;
}
