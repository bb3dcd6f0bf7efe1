import { PHONE_ANSWER_MS } from "@caravela/sibs/limits";
import type { Cents } from "@caravela/sibs/money";
import type { Outcome } from "./outcomes.ts";

/** What happens by itself to an MB WAY request. */
export interface MbwayCourse {
  /** What the purchase's own answer says; `waiting` unless SIBS knows the end at once. */
  readonly answered: Outcome;
  /** How it stands right after the purchase. */
  readonly first: Outcome;
  /** How long somebody may answer on the phone; 0: nobody is asked. */
  readonly answerableMs: number;
  /** What time brings, and when, counted from the purchase. */
  readonly later: { readonly afterMs: number; readonly outcome: Outcome } | null;
}

/** What comes by itself of a payment that nobody is asked for: by a card, as its issuer says, or by a mandate. */
export interface IssuerCourse {
  readonly first: Outcome;
  readonly later: { readonly afterMs: number; readonly outcome: Outcome } | null;
}

type Selector = "phone" | "amount";

/** What is decided beforehand for a listed phone or amount. */
interface Scenario {
  /** NN of phone `351#9600000NN` and of amount 90,000.NN euros. */
  readonly number: number;
  readonly selectors: readonly Selector[];
  readonly mbway: MbwayCourse;
  /** What comes of a card that pays such an amount, or is charged it; approved unless said. */
  readonly issuer?: IssuerCourse;
  /** What happens to the request of a mandate on such a phone; as to a purchase unless said. */
  readonly mandate?: MbwayCourse;
  /** What comes of a collection of such an amount or phone; approved unless said. */
  readonly collection?: IssuerCourse;
  /** For the people who use the sandbox. */
  readonly says: string;
}

/** A person is asked, and time declines it after four minutes: every phone and amount that is not listed. */
const PATIENT: MbwayCourse = {
  answered: "waiting",
  first: "waiting",
  answerableMs: PHONE_ANSWER_MS,
  later: { afterMs: PHONE_ANSWER_MS, outcome: "not_answered" },
};

const EITHER = ["phone", "amount"] as const;

const atOnce = (first: Outcome, answered: Outcome = "waiting"): MbwayCourse => ({
  answered,
  first,
  answerableMs: 0,
  later: null,
});

const unanswered = (outcome: Outcome, afterMs: number, answerableMs: number): MbwayCourse => ({
  ...PATIENT,
  answerableMs,
  later: { afterMs, outcome },
});

/** The issuer's answer when it has it at once. */
export const issuerSays = (first: Outcome): IssuerCourse => ({ first, later: null });

/** An issuer that answers after ten seconds. */
export const issuerSaysLater = (outcome: Outcome): IssuerCourse => ({
  first: "in_processing",
  later: { afterMs: 10_000, outcome },
});

/** The list, also in docs/sandbox.md. */
export const scenarios = {
  approved_at_once: {
    number: 1,
    selectors: EITHER,
    mbway: atOnce("approved"),
    says: "The purchase answers Pending and is Success right after, without a person.",
  },
  declined_at_once: {
    number: 2,
    selectors: EITHER,
    mbway: atOnce("refused_by_holder"),
    issuer: issuerSays("card_refused"),
    collection: issuerSays("collection_failed"),
    says: "The purchase answers Pending and is Declined with E0500 right after, as if refused in the app, and so is a mandate; a card with E0114 and a collection with E0518, at once.",
  },
  unknown_alias: {
    number: 3,
    selectors: EITHER,
    mbway: atOnce("unknown_alias", "unknown_alias"),
    collection: issuerSays("unknown_alias"),
    says: "The number has no MB WAY: the purchase itself answers Declined with E0506, and the creation of a mandate E0506.",
  },
  no_funds: {
    number: 4,
    selectors: EITHER,
    mbway: atOnce("no_funds"),
    issuer: issuerSays("no_funds"),
    mandate: atOnce("approved"),
    collection: issuerSays("no_funds"),
    says: "The purchase answers Pending and is Declined with E0113 right after; a card at once. A mandate is approved at once, and each collection by it is Declined with E0113.",
  },
  not_answered_timeout: {
    number: 5,
    selectors: EITHER,
    mbway: unanswered("timed_out", PHONE_ANSWER_MS, PHONE_ANSWER_MS),
    says: "Waits for a person; unanswered after 240 s it is Timeout (and the status answers 999) instead of Declined.",
  },
  not_answered_abandoned: {
    number: 6,
    selectors: EITHER,
    mbway: unanswered("abandoned", PHONE_ANSWER_MS, PHONE_ANSWER_MS),
    says: "Waits for a person; unanswered after 240 s it is Declined with 00.110.1601.",
  },
  not_answered_late: {
    number: 7,
    selectors: EITHER,
    mbway: unanswered("not_answered", 300_000, PHONE_ANSWER_MS),
    says: "Waits for a person for 240 s; unanswered it stays Pending and turns Declined with E0500 only at 300 s.",
  },
  approved_after_timeout: {
    number: 8,
    selectors: EITHER,
    mbway: unanswered("timed_out", PHONE_ANSWER_MS, 300_000),
    says: "Waits for a person; Timeout at 240 s, but it can still be approved until 300 s.",
  },
  in_processing_first: {
    number: 9,
    selectors: EITHER,
    mbway: {
      answered: "waiting",
      first: "in_processing",
      answerableMs: 0,
      later: { afterMs: 10_000, outcome: "approved" },
    },
    issuer: issuerSaysLater("approved"),
    // what is in processing is no consent yet: nothing is told of it
    mandate: {
      answered: "waiting",
      first: "waiting",
      answerableMs: 0,
      later: { afterMs: 10_000, outcome: "approved" },
    },
    collection: issuerSaysLater("approved"),
    says: "InProcessing first, and Success after 10 s, without a person; a mandate is approved after 10 s.",
  },
  technical_error: {
    number: 10,
    selectors: EITHER,
    mbway: atOnce("failed"),
    issuer: issuerSays("failed"),
    collection: issuerSays("failed"),
    says: "The purchase answers Pending and is Error right after, and so is a mandate's creation; a card and a collection at once.",
  },
  refund_declined: {
    number: 11,
    selectors: EITHER,
    mbway: atOnce("approved"),
    says: "Approved without a person (a reference is paid as usual); every refund of it is declined: HTTP 400, E0531.",
  },
  cancellation_lost: {
    number: 12,
    selectors: ["amount"],
    mbway: PATIENT,
    says: "A cancellation of it is lost on its way: the connection is cut and nothing was cancelled.",
  },
  cancellation_answer_lost: {
    number: 13,
    selectors: ["amount"],
    mbway: PATIENT,
    says: "A cancellation of it is done, but its answer is lost: the connection is cut.",
  },
  reference_expired: {
    number: 14,
    selectors: ["amount"],
    mbway: PATIENT,
    says: "An unpaid reference turns to Expired at its finalDatetime; any other stays Pending and UNPAID.",
  },
  mandate_not_canceled: {
    number: 15,
    selectors: ["phone"],
    mbway: atOnce("approved"),
    says: "Approved without a person, mandates too; the merchant's cancellation of such a mandate is declined: HTTP 400, E0520.",
  },
} as const satisfies Record<string, Scenario>;

/** The name of a scenario: the `outcome` by which the sandbox lists it. */
export type ScenarioName = keyof typeof scenarios;

const PHONES = "351#9600000";
const AMOUNTS = 9_000_000;

/** What is fixed for this phone; null when it waits for a person. */
export function scenarioOfPhone(phone: string): ScenarioName | null {
  return listed("phone", phone.startsWith(PHONES) ? Number(phone.slice(PHONES.length)) : 0);
}

/** What is fixed for this amount: only 90,000.01 to 90,000.99 euros have scenarios. */
export function scenarioOfAmount(amount: Cents): ScenarioName | null {
  return listed("amount", amount - AMOUNTS);
}

/** The course of an MB WAY request of that scenario. */
export function courseOf(scenario: ScenarioName | null): MbwayCourse {
  return scenario === null ? PATIENT : scenarios[scenario].mbway;
}

/** The course of a mandate's request on a phone of that scenario. */
export function mandateCourseOf(scenario: ScenarioName | null): MbwayCourse {
  return (scenario === null ? undefined : (scenarios[scenario] as Scenario).mandate) ?? courseOf(scenario);
}

/** What comes of a collection by a mandate, of that scenario: nobody is asked. */
export function collectionCourseOf(scenario: ScenarioName | null): IssuerCourse {
  return (scenario === null ? undefined : (scenarios[scenario] as Scenario).collection) ?? issuerSays("approved");
}

/** What comes of a card that pays an amount of that scenario. */
export function issuerCourseOf(scenario: ScenarioName | null): IssuerCourse {
  return (scenario === null ? undefined : (scenarios[scenario] as Scenario).issuer) ?? issuerSays("approved");
}

/** Every phone, or every amount, with a fixed outcome. */
export function scenariosBy(by: Selector): { match: string; outcome: ScenarioName; says: string }[] {
  return entries()
    .filter(([, scenario]) => scenario.selectors.includes(by))
    .map(([outcome, { number, says }]) => ({ match: matchOf(by, number), outcome, says }));
}

function matchOf(by: Selector, number: number): string {
  const digits = String(number).padStart(2, "0");
  return by === "phone" ? `${PHONES}${digits}` : `90000.${digits}`;
}

function listed(by: Selector, number: number): ScenarioName | null {
  const found = entries().find(([, scenario]) => scenario.number === number && scenario.selectors.includes(by));
  return found?.[0] ?? null;
}

function entries(): [ScenarioName, Scenario][] {
  return Object.entries(scenarios) as [ScenarioName, Scenario][];
}
