import type { Approval, Operation, Payment } from "@caravela/web/dashboard";
import { describe, expect, it } from "vitest";
import { saidOf } from "./made.ts";

const operation = (status: Operation["status"]) => ({ id: "rfd_1", status }) as Operation;
const payment = (captures: readonly Operation[], cancellations: readonly Operation[]) =>
  ({ captures, cancellations }) as Payment;

describe("what the page says of money that was asked to move", () => {
  it.each(["refund", "give_back"] as const)(
    "of a %s is how it stands, and never that it is done before it is",
    (asked) => {
      expect(saidOf(operation("succeeded"), asked)).toBe(asked);
      expect(saidOf(operation("pending"), asked)).toBe(asked);
      expect(saidOf(operation("in_doubt"), asked)).toBe("in_doubt");
      expect(saidOf(operation("failed"), asked)).toBe("refund_failed");
      expect(saidOf({ decidedBy: null } as Approval, asked)).toBe("approval");
    },
  );

  it("of a capture or of a hold given up is how the last of its kind stands", () => {
    const done = operation("succeeded");
    const doubtful = operation("in_doubt");
    expect(saidOf(payment([doubtful, done], [doubtful]), "capture")).toBe("capture");
    expect(saidOf(payment([done, doubtful], [done]), "capture")).toBe("in_doubt");
    expect(saidOf(payment([doubtful], [done]), "release")).toBe("release");
    expect(saidOf(payment([done], [done, doubtful]), "release")).toBe("in_doubt");
  });
});
