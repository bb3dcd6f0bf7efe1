import type { Clock } from "@caravela/platform/clock";
import { linesDropped } from "@caravela/platform/log-lines";
import type { Metrics } from "@caravela/platform/metrics";
import { shorten } from "@caravela/sibs/text";
import type { AttemptId, OperationId } from "../domain/identifiers.ts";
import type { MandateFact } from "../domain/mandate/facts.ts";
import type { Fact } from "../domain/payment/facts.ts";
import type { Operation } from "../domain/payment/operation.ts";
import type { Payment } from "../domain/payment/state.ts";
import type { LatestCalls } from "../sibs/latest-calls.ts";
import type { Written } from "../storage/kinds.ts";

/** What the server counts, beside what its process measures. Every metric has its line in `docs/api.md`. */
export function createCounters(metrics: Metrics) {
  const events = metrics.counter("caravela_events_total", "Events that were recorded", ["type"]);
  const attempts = metrics.counter("caravela_attempts_ended_total", "Attempts that ended", ["method", "status"]);
  const doubts = metrics.counter("caravela_doubts_total", "Calls to SIBS whose answer was lost", ["what"]);
  const captured = metrics.counter("caravela_captured_cents_total", "Money that was taken, in cents");
  const refunded = metrics.counter("caravela_refunded_cents_total", "Money that went back, in cents", ["reason"]);
  const unknown = metrics.counter("caravela_sibs_unknown_status_total", "Statuses of SIBS that no rule knows", [
    "status",
  ]);
  const sibs = metrics.histogram("caravela_sibs_seconds", "How long SIBS took to answer, by HTTP status", ["status"]);
  const refused = metrics.counter("caravela_notifications_refused_total", "Notifications that did not open", [
    "reason",
  ]);
  const taken = metrics.counter("caravela_notifications_total", "Notifications that were taken in");
  const unmatched = metrics.counter("caravela_notifications_unmatched_total", "Notifications of nothing we know");
  const deliveries = metrics.counter("caravela_deliveries_total", "Tries to deliver an event", ["outcome"]);
  const unlogged = metrics.counter("caravela_requests_unlogged_total", "Requests that were not written down");
  metrics.gauge("caravela_log_lines_dropped", "Lines of log that could not be written", [], (gauge) =>
    gauge.set(linesDropped()),
  );

  function count(payment: Payment, fact: Fact): void {
    switch (fact.kind) {
      case "attempt_approved":
        // What is held is counted when it is captured.
        if (!fact.hold && payment.fundedBy === fact.attempt) captured.inc(fact.amount ?? 0);
        attempts.inc({ method: methodOf(payment, fact.attempt), status: "approved" });
        return;
      case "attempt_ended":
        attempts.inc({ method: methodOf(payment, fact.attempt), status: fact.status });
        return;
      case "attempt_in_doubt":
        doubts.inc({ what: "attempt" });
        return;
      case "operation_in_doubt":
        doubts.inc({ what: operationOf(payment, fact.operation)?.kind ?? "unknown" });
        return;
      case "operation_succeeded": {
        const { kind, reason, amount } = operationOf(payment, fact.operation) ?? {};
        if (kind === "refund") refunded.inc({ reason: reason ?? "unknown" }, amount ?? 0);
        if (kind === "capture") captured.inc(amount ?? 0);
      }
    }
  }

  return {
    mandateChanged: (written: Written<MandateFact>) => {
      for (const { kind } of written.facts) if (kind === "mandate_in_doubt") doubts.inc({ what: "mandate" });
      for (const type of written.events) events.inc({ type });
    },
    changed: (payment: Payment, written: Written<Fact>) => {
      for (const fact of written.facts) count(payment, fact);
      for (const type of written.events) events.inc({ type });
    },
    unknownStatus: (status: string) => unknown.inc({ status: shorten(status, 32) }),
    notificationRefused: (reason: string) => refused.inc({ reason }),
    notificationTaken: () => taken.inc(),
    notificationUnmatched: () => unmatched.inc(),
    delivery: (outcome: string) => deliveries.inc({ outcome }),
    requestUnlogged: () => unlogged.inc(),
    /** The same `fetch`, measured; `latest` remembers each call for a while. */
    measured: (
      fetch: typeof globalThis.fetch,
      clock: Clock,
      latest: Pick<LatestCalls, "note">,
    ): typeof globalThis.fetch => {
      const now = () => clock.now().getTime();
      return async (input, init) => {
        const begun = now();
        let status: number | null = null;
        try {
          const answer = await fetch(input, init);
          status = answer.status;
          return answer;
        } finally {
          const ms = now() - begun;
          sibs.observe({ status: String(status ?? "none") }, ms / 1000);
          latest.note({ status, ms });
        }
      };
    },
  };
}

/** What counts. */
export type Counters = ReturnType<typeof createCounters>;

function methodOf(payment: Payment, attempt: AttemptId): string {
  return payment.attempts.find((one) => one.id === attempt)?.method ?? "unknown";
}

function operationOf(payment: Payment, id: OperationId): Operation | undefined {
  return payment.operations.find((one) => one.id === id);
}
