import { describe, expect } from "vitest";
import { DOUBT_BEARABLE_FOR } from "../patience.ts";
import { attentionsOf } from "./attention.ts";
import type { Operation } from "./operation.ts";
import { capturable, refundable, returnable } from "./state.ts";
import { type PaymentTask, tasksOf } from "./tasks.ts";
import { propertiesOfLives } from "./testing/lives.ts";

const aboutOf = (task: PaymentTask) =>
  ("operation" in task && task.operation) || ("attempt" in task ? task.attempt : "");

const always = propertiesOfLives();

describe("what of a payment needs a person, whatever happens to it", () => {
  always(
    "is all that is in doubt, needs attention, or was given back by itself, and nothing else of these",
    ({ payment }) => {
      const tasks = tasksOf(payment);
      const about = (kind: PaymentTask["kind"]) => tasks.filter((one) => one.kind === kind).map(aboutOf);
      expect(about("attention")).toHaveLength(attentionsOf(payment).length);
      const known = attentionsOf(payment).filter(({ reason }) => reason === "in_doubt");
      const doubtful = payment.attempts.filter(
        ({ id, inDoubt }) => inDoubt && !known.some((one) => one.attempt === id && one.operation === null),
      );
      expect(about("attempt_in_doubt")).toEqual(doubtful.map(({ id }) => id));
      const inDoubt = payment.operations.filter((one) => one.status === "in_doubt").map(({ id }) => id);
      expect(about("operation_in_doubt")).toEqual(expect.arrayContaining(inDoubt));
      const back = payment.operations.filter(
        ({ status, reason }) => status === "succeeded" && (reason === "late" || reason === "duplicate"),
      );
      expect(about("money_given_back")).toEqual(back.map(({ id }) => id));
    },
  );

  {
    let [returned, kept] = [0, 0];
    always("is a failed refund for as long as there is money to give back, and no longer than nobody else is at it", {
      step: ({ payment }) => {
        const { attempts, operations, status } = payment;
        const about = (kind: PaymentTask["kind"]) =>
          tasksOf(payment).flatMap((one) => (one.kind === kind ? [aboutOf(one)] : []));
        const isTheirs = ({ settled, reason }: Operation) => settled !== null && reason === "requested";
        const failed = operations.filter((one) => one.status === "failed" && one.againAt === null && !isTheirs(one));
        const isAside = ({ reason }: Operation) => reason !== "requested" && reason !== "automatic";
        const leftFor = ({ attempt, reason }: Operation) =>
          reason === "requested"
            ? refundable(payment)
            : attempts.reduce((sum, one) => sum + (one.id === attempt ? returnable(payment, one) : 0), 0);
        const refunds = failed.filter((one) => isAside(one) || one.kind === "refund");
        const open = refunds.filter((one) => leftFor(one) > 0);
        expect(about("refund_failed")).toEqual(open.map(({ id }) => id));
        const captures = failed.filter(({ kind }) => kind === "capture");
        const isHeld = status === "authorized" && capturable(payment) > 0;
        expect(about("capture_refused")).toEqual(isHeld ? captures.map(({ id }) => id) : []);
        returned += refunds.length - open.length;
        kept += open.length;
      },
      all: () => {
        // there were both
        expect(returned).toBeGreaterThan(0);
        expect(kept).toBeGreaterThan(0);
      },
    });
  }

  always("is known by what it is about: no two are the same", ({ payment, now }) => {
    const all = tasksOf(payment).map((one) => [one.kind, "reason" in one && one.reason, aboutOf(one)].join());
    expect(new Set(all).size).toBe(all.length);
    for (const { since } of tasksOf(payment)) expect(since).toBeLessThanOrEqual(now + DOUBT_BEARABLE_FOR);
  });
});
