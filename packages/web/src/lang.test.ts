import { expect, it } from "vitest";
import { preferredLang } from "./lang.ts";

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
])("reads %j as a wish for %s", (header, lang) => {
  expect(preferredLang(header)).toBe(lang);
});
