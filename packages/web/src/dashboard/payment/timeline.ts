import type { Lang } from "../../lang.ts";
import type { JournalLine } from "../api/happenings.ts";
import type { Attempt, Payment } from "../api/payments.ts";
import { longDay } from "../parts/shown.tsx";
import type { Tone } from "../parts/words.ts";

/** What happened, as somebody reads it: what tells the story, and steps in between that only explain. */
export interface Told {
  readonly line: JournalLine;
  readonly tone: Tone;
  /** What is sensible after a failure; null: nothing to say. */
  readonly advice: keyof Advice | null;
}

type Advice = Readonly<Record<NonNullable<NonNullable<Attempt["failure"]>["next"]>, string>>;

/** One piece of a timeline. */
export type Piece =
  | { readonly is: "told"; readonly told: Told }
  | { readonly is: "steps"; readonly steps: JournalLine[] };

/** A day of it. */
export interface TimelineDay {
  readonly day: string;
  readonly pieces: readonly Piece[];
}

/** What SIBS and we say to one another on the way; what is not named here tells the story. */
const STEPS: ReadonlySet<string> = new Set([
  "attempt_submitted",
  "attempt_named",
  "attempt_authenticated",
  "attempt_action_done",
  "attempt_not_arrived",
  "attempt_not_found",
  "attempt_notified",
  "attempt_notification_refuted",
  "attempt_asked",
  "attempt_proved",
  "new_request_dropped",
  "cancellation_wanted",
  "cancellation_sent",
  "cancellation_dropped",
  "operation_sent",
  "operation_postponed",
  "operation_not_found",
  "operation_notified",
  "operation_asked",
  "operation_proved",
  "mandate_named",
  "mandate_not_arrived",
  "mandate_notified",
  "mandate_asked",
  "inquiry_wanted",
  "charge_made",
]);

const TONES: Readonly<Record<string, Tone>> = {
  attempt_approved: "good",
  operation_succeeded: "good",
  attention_resolved: "good",
  attempt_ended: "bad",
  operation_failed: "bad",
  attempt_refuted: "bad",
  attention_raised: "bad",
  operation_needs_person: "bad",
  attempt_in_doubt: "warn",
  operation_in_doubt: "warn",
  expiry_told: "warn",
  payment_canceled: "off",
  payment_expired: "off",
  mandate_refused: "bad",
  mandate_lapsed: "bad",
  mandate_in_doubt: "warn",
  mandate_canceled: "off",
  charges_missed: "warn",
  charge_skipped: "off",
  plan_activated: "good",
  plan_paused: "off",
  plan_canceled: "off",
  plan_ended: "off",
};

/** Of what a journal is: only a payment has attempts. */
type ToldOf = Pick<Payment, "attempts">;

/** The days of a journal, in order, and what happened on each. */
export function timelineOf(payment: ToldOf, journal: readonly JournalLine[], lang: Lang): readonly TimelineDay[] {
  const days = Map.groupBy(journal, ({ at }) => longDay(at, lang));
  return [...days].map(([day, lines]) => ({ day, pieces: piecesOf(payment, lines) }));
}

/** Steps that follow one another stand together. */
function piecesOf(payment: ToldOf, lines: readonly JournalLine[]): readonly Piece[] {
  const pieces: Piece[] = [];
  for (const line of lines) {
    const last = pieces.at(-1);
    if (!STEPS.has(line.kind)) pieces.push({ is: "told", told: told(payment, line) });
    else if (last?.is === "steps") last.steps.push(line);
    else pieces.push({ is: "steps", steps: [line] });
  }
  return pieces;
}

function told({ attempts }: ToldOf, line: JournalLine): Told {
  const { attempt } = line.data as { attempt?: unknown };
  const ended = line.kind === "attempt_ended" ? attempts.find(({ id }) => id === attempt) : undefined;
  return { line, tone: TONES[line.kind] ?? "calm", advice: ended?.failure?.next ?? null };
}
