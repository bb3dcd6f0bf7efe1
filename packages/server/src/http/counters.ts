import type { Metrics } from "@caravela/platform/metrics";

/** What the server counts, beside what its process measures. */
export function createCounters(metrics: Metrics) {
  const unknown = metrics.counter("caravela_sibs_unknown_status_total", "Statuses of SIBS that no rule knows", [
    "status",
  ]);
  const refused = metrics.counter("caravela_notifications_refused_total", "Notifications that did not open", [
    "reason",
  ]);
  const taken = metrics.counter("caravela_notifications_total", "Notifications that were taken in");
  const unmatched = metrics.counter("caravela_notifications_unmatched_total", "Notifications of nothing we know");
  const deliveries = metrics.counter("caravela_deliveries_total", "Events sent to endpoints", ["outcome"]);
  const events = metrics.counter("caravela_events_total", "Events recorded");
  return {
    unknownStatus: (status: string) => unknown.inc({ status: status.slice(0, 32) }),
    notificationRefused: (reason: string) => refused.inc({ reason }),
    notificationTaken: () => taken.inc(),
    notificationUnmatched: () => unmatched.inc(),
    delivery: (outcome: string) => deliveries.inc({ outcome }),
    events: (count: number) => events.inc(count),
  };
}

export type Counters = ReturnType<typeof createCounters>;
