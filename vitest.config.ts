import { defineConfig } from "vitest/config";
import LongestFirst from "./tests/support/longest-first.ts";

export default defineConfig({
  resolve: { conditions: ["@caravela/source"] },
  ssr: { resolve: { conditions: ["@caravela/source", "node"], externalConditions: ["@caravela/source", "node"] } },
  test: {
    include: ["{packages,tests,examples,bench,faults,fuzz,scripts,simulation}/**/*.test.{ts,tsx}"],
    exclude: ["**/node_modules/**", "**/dist/**"],
    globalSetup: ["tests/support/global-setup.ts"],
    reporters: ["default", "./tests/support/closing-line.ts"],
    pool: "forks",
    // Files share what they import, which takes longer than most of them: none mocks a module, and each closes what it
    // opens.
    isolate: false,
    // On two cores Vitest would run one file at a time; half of what files do is to wait.
    maxWorkers: 2,
    sequence: { sequencer: LongestFirst },
    // What is waited for comes: how long it takes says how busy the machine is.
    expect: { poll: { timeout: 20_000 } },
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});
