import { expect, it } from "vitest";
import { citedInProgram, citedInText } from "./plain.ts";

it.each([
  "Collects by the mandate (V2-D213, GH-TG).",
  "The answer (seed; others from answers that were captured).",
  "as the seed's own page does",
  "Whether the amount is agreed (AM).",
  "Writes a refund as reference 8.1 has it.",
  "as in gateway 3",
  "V2's name for it",
  "see §5.2",
])("finds the source in: %s", (text) => {
  expect(citedInText({ text })).not.toEqual([]);
});

it.each([
  "The same `seed` and the same calls meet the same faults.",
  'PUT {"seed": 1}',
  "npm run fuzz -- --seed 7",
  "The reference 123456789 is paid at the ATM.",
  "The reference 123 456 789 of entity 24000",
  "at 9 AM in Lisbon",
  "POST /api/v2/payments",
])("finds none in: %s", (text) => {
  expect(citedInText({ text })).toEqual([]);
});

it("lets comments of a program cite, and its texts not", () => {
  expect(citedInProgram({ text: "// as reference 8.1 has it\nconst seed = 1;" })).toEqual([]);
  expect(citedInProgram({ text: '\nconst says = "Declined, as reference 8.1 has it";' })).toEqual([
    { line: 2, what: "reference 8.1" },
  ]);
});
