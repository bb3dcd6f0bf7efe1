import { expect, it } from "vitest";
import { COUNTRIES } from "./countries.ts";
import { regionOf } from "./region.ts";

it.each([
  [["es-ES", "es"], "ES"],
  [["pt", "pt-BR"], "BR"],
  [["zh-Hant-TW"], "TW"],
  [["EN-gb"], "GB"],
  [["en", "pt"], "PT"],
  [["es-419"], "PT"],
  [["en-ZZ", "de-CH"], "CH"],
  [["en-GBR"], "PT"],
  [[], "PT"],
])("takes who reads %j for somebody in %s", (languages, country) => {
  expect(regionOf(languages, COUNTRIES)).toBe(country);
});
