import { lisbonDate } from "@caravela/platform/lisbon";
import { expect } from "vitest";
import { listingOf, type Movement, momentsIn } from "./listed.ts";
import { listedAttempts } from "./listed-attempts.ts";
import { isInSums } from "./operation.ts";
import type { Payment } from "./state.ts";
import { type Look, propertiesOfLives } from "./testing/lives.ts";

const always = propertiesOfLives();

const sum = (movements: readonly Movement[], of: "taken" | "refunded" | "held") =>
  movements.reduce((total, one) => total + one[of], 0);

/** Those of the money that the payment's sums hold. */
function ofSums(payment: Payment, movements: readonly Movement[]): readonly Movement[] {
  const operations = payment.operations.filter(isInSums).map(({ id }): string => id);
  return movements.filter(({ id }) => id === payment.fundedBy || operations.includes(id));
}

/** What moved in the payment's sums, and what its sums are. */
function sums({ payment }: Parameters<Look>[0]) {
  const own = ofSums(payment, listingOf(payment).movements);
  const { amountAuthorized, amountCaptured, amountReleased, amountRefunded, isCorrected } = payment;
  const moved = [sum(own, "refunded"), sum(own, "taken"), sum(own, "held")];
  const held = amountAuthorized - amountCaptured - amountReleased;
  return [moved, [amountRefunded, ...(isCorrected ? moved.slice(1) : [amountCaptured, held])]];
}

/** What each attempt and operation moved, and what it took or did: late and double money is among it. */
function each({ payment }: Parameters<Look>[0]) {
  const { movements } = listingOf(payment);
  const moved = movements.map(({ id, taken, refunded, held }) => [id, taken || refunded || Math.abs(held)]);
  const taken = payment.attempts.flatMap((one) => (one.taken?.amount == null ? [] : [[one.id, one.taken.amount]]));
  const done = payment.operations.filter(({ status }) => status === "succeeded");
  return [moved, [...taken, ...done.map(({ id, amount }) => [id, amount])]];
}

/** When each moved it, and when its journal says so. */
function moments({ payment, journal }: Parameters<Look>[0]) {
  const known = momentsIn(journal);
  const { movements, operations } = listingOf(payment, known);
  const said = (id: string) =>
    journal.findLast(
      (line) =>
        (line.kind === "attempt_approved" && line.attempt === id) ||
        (line.kind === "operation_succeeded" && line.operation === id),
    )?.at ?? Number.NaN;
  const listed = operations.filter(({ doneAt }) => doneAt !== null).map(({ id, doneAt }) => [id, doneAt]);
  const done = payment.operations.filter(({ status }) => status === "succeeded");
  return [
    [...movements.map(({ at, day }) => [at, day]), ...listed],
    [...movements.map(({ id }) => [said(id), lisbonDate(said(id))]), ...done.map(({ id }) => [id, said(id)])],
  ];
}

/** Which attempts are counted: each that has a reason for its failure, and the reference that a payment waits for. */
function attempts({ payment }: Parameters<Look>[0]) {
  const failed = payment.attempts.flatMap(({ id, failure, endedAt }) =>
    failure === null || endedAt === null ? [] : [[id, "failed", lisbonDate(endedAt), failure.reason, payment.amount]],
  );
  const live = payment.status === "pending" ? payment.attempts.filter(({ endedAt }) => endedAt === null) : [];
  const waiting = live.flatMap(({ id, reference }) =>
    reference === null ? [] : [[id, "to_be_paid", lisbonDate(reference.expiresAt), null, payment.amount]],
  );
  const listed = listedAttempts(payment);
  return [
    listed.map(({ id, standing, day, reason, amount }) => [id, standing, day, reason, amount]).sort(),
    [...failed, ...waiting].sort(),
  ];
}

/** Each says what is listed, and what it must be. */
const RULES = [sums, each, moments, attempts];

always(
  "what is listed of a payment moved what its sums hold, all that was taken and given back, each once, when its journal says, and which attempts failed or wait",
  (seen) => {
    for (const rule of RULES) {
      const [listed, said] = rule(seen);
      if (JSON.stringify(listed) !== JSON.stringify(said)) expect(listed, rule.name).toEqual(said);
    }
  },
);
