// Identifiers of ours are prefixed text, and each kind has a type of its own: one where another is wanted does not
// compile.

/** An identifier by what it begins with: `Id<"pay">` is `pay_…`. */
export type Id<Prefix extends string> = `${Prefix}_${string}`;

/** A terminal's number at SIBS, as text. */
export type TerminalId = `${number}`;

export type PaymentId = Id<"pay">;
/** SIBS is sent it, and for a second checkout `<id>.2`. */
export type AttemptId = Id<"att">;
export type CaptureId = Id<"cap">;
/** Of giving up what is held, and of withdrawing a reference. */
export type CancellationId = Id<"can">;
export type RefundId = Id<"rfd">;
/** Of a capture, a cancellation or a refund. */
export type OperationId = CaptureId | CancellationId | RefundId;
export type SavedCardId = Id<"tok">;
export type MandateId = Id<"man">;
/** Of the call that ends a mandate at SIBS. */
export type MandateCancellationId = Id<"mcn">;
export type PlanId = Id<"plan">;
/** Of what has a journal. */
export type SubjectId = PaymentId | MandateId;
/** What SIBS is sent as merchantTransactionId: by it a call is found whose answer was lost. */
export type MerchantTransactionId = AttemptId | OperationId | MandateId | MandateCancellationId;
export type EventId = Id<"evt">;
export type EndpointId = Id<"ep">;
/** Of a key by which a shop uses the API. */
export type ApiKeyId = Id<"key">;
/** Of a refund that waits for a second person. */
export type ApprovalId = Id<"apr">;
/** Of what somebody wrote about a payment. */
export type NoteId = Id<"note">;
/** Of a person at work. */
export type OperatorId = Id<"op">;
/** Of a passkey, by which a person signs in. */
export type PasskeyId = Id<"pky">;
/** Of what a colleague keeps of a list under a name. */
export type ViewId = Id<"view">;
/** Of a person being signed in, in one browser. */
export type SessionId = Id<"ses">;

/** Makes new identifiers: `id("pay")` is a payment's. */
export type NewId = <Prefix extends string>(prefix: Prefix) => Id<Prefix>;

/** What all that we make begins with: none is read that is not of these. */
const OURS = [
  "pay",
  "att",
  "cap",
  "can",
  "rfd",
  "tok",
  "man",
  "mcn",
  "plan",
  "evt",
  "ep",
  "key",
  "apr",
  "note",
  "op",
  "pky",
  "ses",
  "view",
] as const;

// Text from outside, an address or what SIBS sends, is read by one of these. Null: no identifier of this kind can be
// written so.

/** SIBS counts terminals: a zero in front would be lost on the way. */
export function asTerminalId(text: string): TerminalId | null {
  return /^[1-9]\d{0,9}$/.test(text) ? (text as TerminalId) : null;
}

export const asPaymentId = reader("pay");
export const asOperationId = reader("cap", "can", "rfd");
export const asSavedCardId = reader("tok");
export const asMandateId = reader("man");
export const asPlanId = reader("plan");
export const asEventId = reader("evt");
export const asEndpointId = reader("ep");
export const asApiKeyId = reader("key");
export const asApprovalId = reader("apr");
export const asOperatorId = reader("op");
export const asPasskeyId = reader("pky");
export const asSessionId = reader("ses");
export const asViewId = reader("view");

const OWN = new RegExp(`^([a-z_]+\\.)?(${OURS.join("|")})_[0-9a-z]{20}$`);

/** An identifier of ours of whichever kind, a task's too; null: the text is none, and may be anybody's. */
export function ownId(text: string): string | null {
  return OWN.test(text) ? text : null;
}

function reader<Prefix extends (typeof OURS)[number]>(...prefixes: readonly Prefix[]) {
  const written = new RegExp(`^(${prefixes.join("|")})_[0-9a-z]{20}$`);
  const isOne = (text: string): text is Id<Prefix> => written.test(text);
  return (text: string): Id<Prefix> | null => (isOne(text) ? text : null);
}
