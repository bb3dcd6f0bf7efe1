import { createLog } from "@caravela/platform/log";
import { expect, it } from "vitest";
import { InFlight } from "./in-flight.ts";

it("logs how work failed whose request was answered before", async () => {
  const lines: string[] = [];
  const inFlight = new InFlight(createLog({ name: "test", destination: { write: (line) => void lines.push(line) } }));
  const failing = Promise.withResolvers<void>();
  inFlight.waitFor("att_1", failing.promise).catch(() => undefined);
  failing.reject(new Error("lost"));
  await inFlight.ended();
  expect(lines.map((line) => JSON.parse(line))).toMatchObject([{ level: 50, id: "att_1", err: { message: "lost" } }]);
  expect(inFlight.has("att_1")).toBe(false);
});
