import { expect, it } from "vitest";
import { npmOf } from "./package.ts";

it.each([
  ["/usr/lib/node_modules/npm/bin/npm-cli.js", [process.execPath, "/usr/lib/node_modules/npm/bin/npm-cli.js"]],
  ["/usr/lib/node_modules/npm/bin/npx-cli.js", [process.execPath, "/usr/lib/node_modules/npm/bin/npm-cli.js"]],
  ["/usr/share/yarn/bin/yarn.js", ["npm"]],
  ["/usr/lib/node_modules/pnpm/bin/pnpm.cjs", ["npm"]],
  ["/root/.bun/bin/bun", ["npm"]],
  [undefined, ["npm"]],
])("asks npm itself for PostgreSQL, when started by %s", (startedBy, command) => {
  expect(npmOf(startedBy)).toEqual(command);
});
