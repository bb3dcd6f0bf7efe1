import { expect, it } from "vitest";
import { Kept } from "./kept.ts";

/** Reads that are answered when the test says so, in any order. */
function openReads() {
  const answers: ((thing: string | undefined) => void)[] = [];
  const kept = new Kept<string>(() => new Promise((resolve) => answers.push(resolve)));
  return { kept, answer: (read: number, thing: string | undefined) => answers[read]?.(thing) };
}

it("keeps what was read last, whichever of two reads ends last", async () => {
  const { kept, answer } = openReads();
  const reads = [kept.refresh("1"), kept.refresh("1")];
  answer(1, "canceled");
  await reads[1];
  answer(0, "active");
  expect(await Promise.all(reads)).toEqual(["canceled", "canceled"]);
  expect(await kept.find("1")).toBe("canceled");
});

it("asks once for what it knows, and again for what there was not", async () => {
  const { kept, answer } = openReads();
  const missing = kept.find("1");
  answer(0, undefined);
  expect(await missing).toBeUndefined();
  const found = kept.find("1");
  answer(1, "paid");
  expect([await found, await kept.find("1")]).toEqual(["paid", "paid"]);
});
