import { lisbonText } from "@caravela/platform/lisbon";
import { expect, it } from "vitest";
import { firstMailAt } from "./tasks-mail.ts";

it.each([
  ["2026-11-28T07:59:59Z", "2026-11-28T08:00:00Z"],
  ["2026-11-28T08:00:00Z", "2026-11-29T08:00:00Z"],
  ["2026-07-01T06:59:59Z", "2026-07-01T08:00:00+01:00"],
  // the day on which summer time ends has 25 hours
  ["2026-10-24T12:00:00Z", "2026-10-25T08:00:00Z"],
])("the first e-mail after %s is sent at eight in Lisbon: %s", (now, first) => {
  expect(lisbonText(firstMailAt(new Date(now)), "seconds")).toBe(first);
});
