import { expect, it } from "vitest";
import { ending } from "./ending.ts";
import { inThrees } from "./in-threes.ts";
import { minutes } from "./minutes.ts";
import { moment } from "./moment.ts";

it("prints hours by the clocks of Lisbon, in summer and in winter", () => {
  expect(moment("2026-11-25T23:30:00Z", "pt")).toBe("25 de novembro de 2026 às 23:30");
  expect(moment("2026-07-25T23:30:00Z", "pt")).toBe("26 de julho de 2026 às 00:30");
  expect(moment("2026-07-25T23:30:00Z", "en")).toBe("26 July 2026 at 00:30");
});

it("prints seconds as minutes, references in threes, and of a phone its end alone", () => {
  expect([240, 61, 9, 0].map(minutes)).toEqual(["4:00", "1:01", "0:09", "0:00"]);
  expect(inThrees("066295419")).toBe("066 295 419");
  expect(ending("351#*****9999")).toBe("9999");
});
