import { expect, it } from "vitest";
import { isPageLang, preferredLang, preferredPageLang } from "./lang.ts";

it.each([
  [undefined, "pt"],
  ["", "pt"],
  ["pt-PT,pt;q=0.9,en;q=0.8", "pt"],
  ["en-GB,en;q=0.9", "en"],
  ["fr-FR,fr;q=0.9,en;q=0.7,pt;q=0.3", "en"],
  ["de-DE, *;q=0.5", "pt"],
  ["EN", "en"],
  ["en;q=0,pt;q=0.1", "pt"],
  ["pt-BR;q=0.4, en ; q=0.5", "en"],
  [";;;,,;q=9", "pt"],
])("reads %j as a wish for %s of a colleague", (header, lang) => {
  expect(preferredLang(header)).toBe(lang);
});

it.each([
  [undefined, "en"],
  ["", "en"],
  ["*", "en"],
  ["de-DE,de;q=0.9", "en"],
  ["de-DE, *;q=0.5", "en"],
  ["pt-PT,pt;q=0.9,en;q=0.8", "pt"],
  ["pt-BR", "pt"],
  ["en-GB,en;q=0.9", "en"],
  ["fr-FR,fr;q=0.9,en;q=0.7,pt;q=0.3", "fr"],
  ["ca-ES,ca;q=0.9,es;q=0.8,en;q=0.7", "es"],
  ["es-419", "es"],
  ["de,fr;q=0.4,es;q=0.6", "es"],
  ["fr,pt", "fr"],
  ["pt;q=0,es;q=0.1", "es"],
  ["fr;q=0", "en"],
  ["FR", "fr"],
  ["toString,__proto__", "en"],
])("reads %j as a wish for %s of a customer", (header, lang) => {
  expect(preferredPageLang(header)).toBe(lang);
});

it("knows the languages of customers' pages, and takes nothing else for one", () => {
  expect(["pt", "en", "es", "fr"].filter(isPageLang)).toEqual(["pt", "en", "es", "fr"]);
  expect(["de", "PT", "", "toString", "__proto__", undefined, null, ["pt"]].filter(isPageLang)).toEqual([]);
});
