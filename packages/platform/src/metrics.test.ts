import { expect, it } from "vitest";
import { createMetrics } from "./metrics.ts";

it("prints what was counted and measured, each program apart", async () => {
  const [metrics, other] = [createMetrics(), createMetrics()];
  metrics.counter("events_total", "Events.", ["type"]).inc({ type: "payment.paid" });
  metrics.histogram("answer_seconds", "Answers.").observe(0.03);
  metrics.gauge("waiting", "Waiting.", [], (gauge) => gauge.set(7));
  const { body, contentType } = await metrics.text();
  expect(contentType).toContain("text/plain");
  expect(body).toContain('events_total{type="payment.paid"} 1');
  expect(body).toContain('answer_seconds_bucket{le="0.05"} 1');
  expect(body).toContain("waiting 7");
  expect(body).toContain("process_cpu_seconds_total");
  expect((await other.text()).body).not.toContain("events_total");
});
