import { mkdirSync, readdirSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { testFolder } from "@caravela/platform/testing/folder";
import { afterEach, expect, it, vi } from "vitest";
import { claim, openMeetingPlace, readClaim, withdrawClaim } from "./meeting-place.ts";

afterEach(() => void vi.unstubAllEnvs());

it("is no folder that somebody has only led there: that one stays as it is", async () => {
  const folder = await testFolder();
  vi.stubEnv("TMPDIR", folder);
  const home = join(folder, "home");
  mkdirSync(home, { mode: 0o700 });
  symlinkSync(home, join(folder, `caravela-shared-${process.getuid?.()}`));
  expect(() => openMeetingPlace()).toThrow("set TMPDIR to a folder of your own");
  expect(statSync(home).mode & 0o777).toBe(0o700);
});

it("a claim is one keeper's alone, and one that was cut short is nobody's", async () => {
  const place = await testFolder();
  expect(readClaim(place)).toBeNull();
  expect([claim(place, 17), claim(place, 18)]).toEqual([true, false]);
  expect(readClaim(place)?.pid).toBe(17);
  withdrawClaim(place, 18);
  expect(readdirSync(place)).toEqual(["claim.json"]);
  writeFileSync(join(place, "claim.json"), "");
  withdrawClaim(place, readClaim(place)?.pid ?? -1);
  expect(claim(place, 18)).toBe(true);
});
