import { expect, it } from "vitest";
import { PAGE_LANGS } from "../lang.ts";
import { day } from "./day.ts";
import { ending } from "./ending.ts";
import { inThrees } from "./in-threes.ts";
import { minutes } from "./minutes.ts";
import { moment } from "./moment.ts";

it("prints hours by the clocks of Lisbon, in summer and in winter", () => {
  expect(moment("2026-11-25T23:30:00Z", "pt")).toBe("25 de novembro de 2026 às 23:30");
  expect(moment("2026-07-25T23:30:00Z", "pt")).toBe("26 de julho de 2026 às 00:30");
  expect(moment("2026-07-25T23:30:00Z", "en")).toBe("26 July 2026 at 00:30");
  expect(moment("2026-07-25T23:30:00Z", "es")).toBe("26 de julio de 2026 a las 0:30");
  expect(moment("2026-11-25T01:05:00Z", "es")).toBe("25 de noviembre de 2026 a la 1:05");
  expect(moment("2026-11-25T11:05:00Z", "es")).toBe("25 de noviembre de 2026 a las 11:05");
  expect(moment("2026-07-31T23:30:00Z", "fr")).toBe("1er août 2026 à 00:30");
  expect(moment("2026-11-21T09:30:00Z", "fr")).toBe("21 novembre 2026 à 09:30");
});

it("prints days as each language writes them", () => {
  expect(PAGE_LANGS.map((lang) => day("2026-12-01", lang))).toEqual([
    "1 de dezembro de 2026",
    "1 December 2026",
    "1 de diciembre de 2026",
    "1er décembre 2026",
  ]);
});

it("prints seconds as minutes, references in threes, and of a phone its end alone", () => {
  expect([240, 61, 9, 0].map(minutes)).toEqual(["4:00", "1:01", "0:09", "0:00"]);
  expect(inThrees("066295419")).toBe("066 295 419");
  expect(ending("351#*****9999")).toBe("9999");
});
