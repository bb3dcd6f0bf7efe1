import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { ROLES } from "../packages/server/src/domain/person.ts";
import { FOR_KEYS_ALONE, OPERATIONS_OF, rolesFor } from "../packages/server/src/domain/role.ts";

// A call of the API that is in no role's row is refused to everybody, and its server does not start: told before that.
// What each role may ask is printed in docs/colleagues.md, call by call, as the code has it.

const root = join(import.meta.dirname, "..");
const read = (path: string) => readFileSync(join(root, path), "utf8");
const named = globSync("packages/server/src/**/*.ts", { cwd: root })
  .filter((path) => !path.endsWith(".test.ts"))
  .flatMap((path) => [...read(path).matchAll(/\boperationId: "(\w+)"/g)].map(([, name = ""]) => ({ path, name })));

/** The line of a role in the guide: what it may ask beside what a viewer may. */
function lineOf(role: (typeof ROLES)[number]): string {
  const own = OPERATIONS_OF[role].filter((name) => role === "viewer" || !OPERATIONS_OF.viewer.includes(name));
  return `| \`${role}\` | ${own
    .toSorted()
    .map((name) => `\`${name}\``)
    .join(", ")} |`;
}

const guide = read("docs/colleagues.md").split("\n");
const faults = [
  ...named
    .filter(({ name }) => rolesFor(name).length === 0 && !FOR_KEYS_ALONE.includes(name))
    .map(
      ({ path, name }) =>
        `${path}: ${name} is in nobody's row: say in packages/server/src/domain/role.ts which roles may ask it`,
    ),
  ...ROLES.map(lineOf)
    .filter((line) => !guide.includes(line))
    .map((line) => `docs/colleagues.md: "Call by call" has another line than this: ${line}`),
];
for (const fault of faults) console.error(fault);
if (faults.length > 0) process.exitCode = 1;
else console.log(`roles: ${named.length} calls are named, and each is in a role's row or for API keys alone`);
