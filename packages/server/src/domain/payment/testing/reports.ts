import { cents } from "@caravela/sibs/money";
import fc from "fast-check";
import { DAY } from "../../time.ts";
import type { Report } from "../report.ts";
import { said, TEN } from "./builders.ts";

const statuses = [
  "Success",
  "Partial",
  "Pending",
  "InProcessing",
  "Declined",
  "Timeout",
  "Error",
  "Expired",
  "Annulled",
];
/** Whatever SIBS may say. */
export const report: fc.Arbitrary<Report> = fc
  .record(
    {
      source: fc.constantFrom("answer" as const, "inquiry" as const),
      paymentStatus: fc.constantFrom("Success", "Success", "Success", "Success", "Partial", "Pending", ...statuses),
      paymentType: fc.constantFrom("PURS", "AUTH", "MITR", "PREF", "CPRF", "RFND", null),
      paymentMethod: fc.constantFrom("MBWAY", "MANDATE", "REFERENCE", "CARD", null),
      action: fc.constantFrom(null, {
        id: "a1",
        type: "3ds_challenge" as const,
        url: "https://issuer.example",
        fields: {},
      }),
      code: fc.constantFrom("000", "E0500", "E0506", "00.110.1601", null),
      amount: fc.oneof(
        { weight: 9, arbitrary: fc.constant(cents(550)) },
        fc.constantFrom(cents(549), "unreadable" as const),
      ),
      referenceStatus: fc.constantFrom("PAID", "UNPAID", "CANC", null),
    },
    { noNullPrototype: true },
  )
  .map(({ referenceStatus, ...rest }) => ({
    ...said("Pending"),
    ...rest,
    reference:
      referenceStatus === null
        ? null
        : {
            entity: "24000",
            reference: "012345678",
            amount: rest.amount === "unreadable" ? null : rest.amount,
            expiresAt: TEN + 3 * DAY,
            status: referenceStatus,
          },
  }));
