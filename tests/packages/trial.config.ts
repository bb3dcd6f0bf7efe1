import { join } from "node:path";
import { defineConfig } from "vitest/config";
import usual from "../../vitest.config.ts";

/** What `npm run packages` tries: as the tests, with what installs and starts whole programs, and so takes minutes. */
export default defineConfig({
  ...usual,
  root: join(import.meta.dirname, "..", ".."),
  test: { ...usual.test, include: ["tests/packages/*.trial.ts"], testTimeout: 300_000, hookTimeout: 300_000 },
});
