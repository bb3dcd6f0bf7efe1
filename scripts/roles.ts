import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { FOR_KEYS_ALONE, rolesFor } from "../packages/server/src/domain/role.ts";

// A call of the API that is in no role's row is refused to everybody, and its server does not start: told before that.

const root = join(import.meta.dirname, "..");
const named = globSync("packages/server/src/**/*.ts", { cwd: root })
  .filter((path) => !path.endsWith(".test.ts"))
  .flatMap((path) =>
    [...readFileSync(join(root, path), "utf8").matchAll(/\boperationId: "(\w+)"/g)].map(([, name = ""]) => ({
      path,
      name,
    })),
  );

const faults = named.filter(({ name }) => rolesFor(name).length === 0 && !FOR_KEYS_ALONE.includes(name));
for (const { path, name } of faults)
  console.error(
    `${path}: ${name} is in nobody's row: say in packages/server/src/domain/role.ts which roles may ask it`,
  );
if (faults.length > 0) process.exitCode = 1;
else console.log(`roles: ${named.length} calls are named, and each is in a role's row or for API keys alone`);
