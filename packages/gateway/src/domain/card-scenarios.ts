import type { Outcome } from "./outcomes.ts";
import { type IssuerCourse, issuerSays, issuerSaysLater } from "./scenarios.ts";

/** How a challenge ends. */
export type ChallengeEnding = "passed" | "failed" | "canceled" | "timed_out";

/**
 * What 3-D Secure says of a cardholder, in its own letters: `Y` authenticated, `A` attempted, `C` to be challenged, `N`
 * not authenticated, `R` rejected, `U` could not be asked.
 */
export type TransStatus = "Y" | "A" | "C" | "N" | "R" | "U";

/** What a card's issuer wants before it is asked for money. */
export interface ThreeDSecureCourse {
  /** Whether it first looks at the browser, in a hidden frame. */
  readonly method: boolean;
  readonly says: TransStatus;
  /** How the challenge ends by itself; null: as somebody ends it. */
  readonly challengeEnds: ChallengeEnding | null;
}

/** What is decided beforehand for a test card. */
interface CardScenario {
  /** null: the card is outside 3-D Secure. */
  readonly secure: ThreeDSecureCourse | null;
  /** null: the amount decides, and others are approved. */
  readonly issuer: IssuerCourse | null;
  /** What goes wrong with the call itself. */
  readonly trouble?: "slow" | "answer_lost" | "request_lost";
  /** What the issuer says to later charges by the merchant, where it is not what the amount says. */
  readonly charges?: Outcome;
  /** For the people who use the sandbox. */
  readonly says: string;
}

/** How long a slow issuer takes, in milliseconds of system time. */
export const SLOW_MS = 12_000;

const withMethod = (says: TransStatus): ThreeDSecureCourse => ({ method: true, says, challengeEnds: null });
const without = (says: TransStatus, challengeEnds: ChallengeEnding | null = null): ThreeDSecureCourse => ({
  method: false,
  says,
  challengeEnds,
});
const outside = { secure: null, issuer: null };

/** What can come of a card. */
export const cardScenarios = {
  approved: { ...outside, says: "Approved at once, without 3-D Secure, as is every card that is not listed." },
  frictionless: {
    secure: withMethod("Y"),
    issuer: null,
    says: "3-D Secure: the method step, then approved without a challenge.",
  },
  challenge: {
    secure: withMethod("C"),
    issuer: null,
    says: "3-D Secure: the method step, then a challenge, whose password is 123456.",
  },
  frictionless_at_once: {
    secure: without("Y"),
    issuer: null,
    says: "3-D Secure without a method step or a challenge: authenticated and approved at once.",
  },
  challenge_at_once: { secure: without("C"), issuer: null, says: "3-D Secure: a challenge without a method step." },
  attempted: {
    secure: withMethod("A"),
    issuer: null,
    says: "3-D Secure: the method step, then only attempted (A), and approved.",
  },
  rejected: {
    secure: withMethod("R"),
    issuer: null,
    says: "3-D Secure: the method step, then rejected (R): Declined with E0118.",
  },
  not_authenticated: {
    secure: withMethod("N"),
    issuer: null,
    says: "3-D Secure: the method step, then not authenticated (N): Declined with E0118.",
  },
  authentication_unavailable: {
    secure: withMethod("U"),
    issuer: null,
    says: "3-D Secure: the method step, then nobody there to authenticate (U): Declined with E0117.",
  },
  challenge_fails: {
    secure: without("C", "failed"),
    issuer: null,
    says: "A challenge that fails by itself: once continued it is Declined with E0118.",
  },
  challenge_canceled: {
    secure: without("C", "canceled"),
    issuer: null,
    says: "A challenge that the customer gives up: once continued it is Declined with E0118.",
  },
  challenge_times_out: {
    secure: without("C", "timed_out"),
    issuer: null,
    says: "A challenge that the issuer waits for in vain: once continued it is Timeout.",
  },
  challenge_passes: {
    secure: without("C", "passed"),
    issuer: null,
    says: "A challenge that passes by itself: once continued it is approved, with no browser.",
  },
  no_funds: { secure: null, issuer: issuerSays("no_funds"), says: "Declined with E0113: no funds." },
  card_refused: { secure: null, issuer: issuerSays("card_refused"), says: "Declined with E0114: stolen." },
  card_expired: {
    secure: null,
    issuer: issuerSays("card_expired"),
    says: "Declined with E0115: the issuer holds it for expired, whatever date is given.",
  },
  wrong_code: {
    secure: null,
    issuer: issuerSays("wrong_code"),
    says: "Declined with E0116: whatever code is given, it is the wrong one.",
  },
  issuer_unavailable: {
    secure: null,
    issuer: issuerSays("issuer_unavailable"),
    says: "Declined with E0117: the issuer does not answer.",
  },
  technical_error: { secure: null, issuer: issuerSays("failed"), says: "Error at once." },
  slow: { ...outside, trouble: "slow", says: "Approved, but the answer takes 12 s of real time." },
  answer_lost: {
    ...outside,
    trouble: "answer_lost",
    says: "Approved, but the connection is cut instead of an answer.",
  },
  request_lost: {
    ...outside,
    trouble: "request_lost",
    says: "The connection is cut and nothing was done: the transaction is as it was before.",
  },
  in_processing_first: {
    secure: null,
    issuer: issuerSaysLater("approved"),
    says: "InProcessing first, and Success after 10 s.",
  },
  in_processing_declined: {
    secure: null,
    issuer: issuerSaysLater("card_refused"),
    says: "InProcessing first, and Declined with E0114 after 10 s.",
  },
  challenge_no_funds: {
    secure: without("C"),
    issuer: issuerSays("no_funds"),
    says: "A challenge; once it is passed the payment is Declined with E0113.",
  },
  charges_refused: {
    ...outside,
    charges: "card_refused",
    says: "Approved at once; every later charge by the merchant is Declined with E0114.",
  },
} as const satisfies Record<string, CardScenario>;

/** The name of a card's scenario: the `outcome` by which the sandbox lists it. */
export type CardScenarioName = keyof typeof cardScenarios;

/** A test card, its code (null: any) and what comes of it. */
interface TestCard {
  readonly number: string;
  readonly code: string | null;
  readonly scenario: CardScenarioName;
}

/** The cards that SIBS publishes (reference 5.3), with their codes. */
const published: readonly TestCard[] = [
  { number: "4176660000000100", code: "597", scenario: "challenge" },
  { number: "5185520050000010", code: "001", scenario: "challenge" },
  { number: "5134148655197817", code: "419", scenario: "challenge" },
  { number: "5137210000000018", code: "123", scenario: "challenge" },
  { number: "5204740000001002", code: "100", scenario: "frictionless" },
  { number: "4970417809609823", code: "914", scenario: "frictionless" },
  { number: "4010056200000018", code: "123", scenario: "frictionless" },
  { number: "4761340000000035", code: "536", scenario: "approved" },
  { number: "5206361000001351", code: "536", scenario: "approved" },
];

const ours: readonly [number: string, scenario: CardScenarioName][] = [
  ["4111111111111111", "approved"],
  ["4000000000000010", "frictionless_at_once"],
  ["4000000000000028", "challenge_at_once"],
  ["4000000000000036", "attempted"],
  ["4000000000000044", "rejected"],
  ["4000000000000051", "not_authenticated"],
  ["4000000000000069", "authentication_unavailable"],
  ["4000000000000077", "challenge_fails"],
  ["4000000000000085", "challenge_canceled"],
  ["4000000000000093", "challenge_times_out"],
  ["4000000000000101", "challenge_passes"],
  ["4000000000000119", "no_funds"],
  ["4000000000000127", "card_refused"],
  ["4000000000000135", "card_expired"],
  ["4000000000000143", "wrong_code"],
  ["4000000000000150", "issuer_unavailable"],
  ["4000000000000168", "technical_error"],
  ["4000000000000176", "slow"],
  ["4000000000000184", "answer_lost"],
  ["4000000000000192", "request_lost"],
  ["4000000000000200", "in_processing_first"],
  ["4000000000000218", "in_processing_declined"],
  ["4000000000000226", "challenge_no_funds"],
  ["4000000000000234", "charges_refused"],
];

/** The list, also in docs/sandbox.md. */
export const testCards: readonly TestCard[] = [
  ...published,
  ...ours.map(([number, scenario]) => ({ number, code: null, scenario })),
];

/** What comes of a card of that scenario. */
export function cardScenarioOf(scenario: CardScenarioName): CardScenario {
  return cardScenarios[scenario];
}
