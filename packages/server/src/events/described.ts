import { Type } from "typebox";
import { mandateSchema, planSchema } from "../mandates/schemas.ts";
import { operationSchema, refundSchema } from "../payments/operation-schemas.ts";
import { paymentSchema } from "../payments/schemas.ts";
import { exampleOf } from "./examples.ts";
import { eventMembers, tokenOfEvent } from "./schemas.ts";
import { EVENT_TYPES, type EventType } from "./types.ts";

/** What each type tells, as its section of `docs/events.md` begins. */
const TELLS: Readonly<Record<EventType, string>> = {
  "payment.created": "You asked for a payment",
  "payment.pending": "An attempt was sent",
  "payment.authorized": "Money is held and not captured yet",
  "payment.paid": "The money was taken, for good",
  "payment.attempt_failed": "An attempt ended without money",
  "payment.canceled": "You canceled the payment",
  "payment.expired": "The payment's `expiresAt` passed and nothing that could be paid is left",
  "payment.reference_expiring": "A Multibanco reference that nobody has paid ends in a day",
  "payment.attention": "Something about the money that no rule may settle",
  "capture.created": "What is held is about to be captured, all of it or a part",
  "capture.succeeded": "It was captured",
  "capture.failed": "SIBS refused the capture",
  "capture.in_doubt": "For a day SIBS has not been able to say what became of a capture",
  "cancellation.created": "A hold is about to be given up, all of it or a part",
  "cancellation.succeeded": "It was given up",
  "cancellation.failed": "SIBS refused to give the hold up",
  "cancellation.in_doubt": "For a day SIBS has not been able to say what became of a cancellation",
  "token.created": "A customer's card was saved",
  "refund.created": "Money is about to go back",
  "refund.succeeded": "The money went back",
  "refund.failed": "SIBS refused the refund, or somebody of yours settled that it was not done",
  "refund.in_doubt": "For a day SIBS has not been able to say what became of a refund",
  "mandate.created": "You asked a customer for an authorised payment",
  "mandate.activated": "The customer agreed",
  "mandate.refused": "Nothing came of the request",
  "mandate.suspended": "The customer paused it in the MB WAY app",
  "mandate.reactivated": "The customer took it up again",
  "mandate.changed": "The customer changed the limit or the end",
  "mandate.canceled": "You ended it, or the customer did, in the app or on the page at `manageUrl`",
  "mandate.expired": "The end that the customer had set is past",
  "plan.created": "You made a plan on a mandate",
  "plan.activated": "The customer approved the mandate that the plan waited for",
  "plan.charge_upcoming": "The charge in `data.plan.nextCharge` is 24 hours away, at the moment that is its `at`",
  "plan.charge_skipped": "You left a charge out",
  "plan.charges_missed":
    "The time of one charge or more came while the server was down, and they are left out: as the plan's `missed` has it, or because it was paused before",
  "plan.paused": "You paused the plan",
  "plan.resumed": "You resumed the plan",
  "plan.canceled": "You canceled the plan, or its mandate is over",
  "plan.ended": "The plan charged all that it was to charge, or its `endDate` passed while it was paused",
};

type Subject = EventType extends `${infer S}.${string}` ? S : never;

/** What the events of a subject hold. */
const DATA = {
  payment: { payment: paymentSchema },
  capture: { capture: operationSchema, payment: paymentSchema },
  cancellation: { cancellation: operationSchema, payment: paymentSchema },
  refund: { refund: refundSchema, payment: paymentSchema },
  token: { token: tokenOfEvent, payment: paymentSchema },
  mandate: { mandate: mandateSchema },
  plan: { plan: planSchema, mandate: mandateSchema },
} as const satisfies Record<Subject, object>;

/** Every event that an endpoint may be sent, each with its own schema. */
export const DESCRIBED_EVENTS = EVENT_TYPES.map((type) => {
  const [subject] = type.split(".") as [Subject];
  const data = Type.Object(DATA[subject], { title: `${inOneWord(subject)}EventData` });
  const title = `${inOneWord(type)}Event`;
  const description = `${TELLS[type]}.`;
  const schema = Type.Object({ ...eventMembers, type: Type.Literal(type), data }, { title, description });
  return { type, summary: TELLS[type], operationId: `on${inOneWord(type)}`, schema, example: exampleOf(type) };
});

/** `payment.paid` as `PaymentPaid`. */
function inOneWord(type: string): string {
  return type.replace(/(?:^|[._])([a-z])/g, (_, letter: string) => letter.toUpperCase());
}
