import { expect, it } from "vitest";
import { task } from "../../../gallery/task-states.ts";
import { placeOfCall } from "./calls.ts";

it.each([
  ["POST", "/v1/mandates/man_1/cancel", "/dashboard/subscriptions/man_1/cancel", "cancelMandate"],
  ["GET", "/v1/mandates/man_1/journal", "/dashboard/subscriptions/man_1#timeline", "getMandateJournal"],
] as const)("the call %s %s has its page", (method, path, place, needs) => {
  expect(placeOfCall({ method, path, text: "" }, task)).toMatchObject({ path: place, needs });
});
