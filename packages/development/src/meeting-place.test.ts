import { mkdirSync, statSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { testFolder } from "@caravela/platform/testing/folder";
import { afterEach, expect, it, vi } from "vitest";
import { openMeetingPlace } from "./meeting-place.ts";

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
