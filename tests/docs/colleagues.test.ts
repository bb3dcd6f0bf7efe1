import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { ROLES } from "../../packages/server/src/domain/person.ts";
import { OPERATIONS_OF } from "../../packages/server/src/domain/role.ts";

const root = join(import.meta.dirname, "..", "..");
const text = readFileSync(join(root, "docs", "colleagues.md"), "utf8");

/** The rows of a section's table, cell by cell. */
function rowsOf(title: string): string[][] {
  const [, section = ""] = new RegExp(`^## ${title}\n(.*?)(?=^## |$(?!.))`, "ms").exec(text) ?? [];
  return [...section.matchAll(/^\| `(\w+)` \| (.*) \|$/gm)].map(([, role = "", said = ""]) => [role, said]);
}

it("docs/colleagues.md explains every role, and none that there is not", () => {
  expect(rowsOf("Roles").map(([role]) => role)).toEqual([...ROLES]);
});

it("docs/colleagues.md prints what each role may ask, call by call, as the code has it", () => {
  const printed = rowsOf("Call by call").map(([role = "", said = ""]) => {
    const own = [...said.matchAll(/`(\w+)`/g)].map(([, name = ""]) => name);
    return [role, role === "viewer" ? own : [...OPERATIONS_OF.viewer, ...own]] as const;
  });
  expect(printed.map(([role, names]) => [role, [...names].sort()])).toEqual(
    ROLES.map((role) => [role, [...OPERATIONS_OF[role]].sort()]),
  );
});

it("docs/colleagues.md shows commands whose options there are", () => {
  const command = readFileSync(join(root, "packages", "cli", "src", "main.ts"), "utf8");
  const [, mine = ""] = /\.command\("operator"\)(.*?)\.command\("doctor"\)/s.exec(command) ?? [];
  const shown = [...text.matchAll(/caravela operator (\w+)([^`\n]*)/g)];
  expect(shown.length).toBeGreaterThan(2);
  for (const [, name = "", options = ""] of shown) {
    expect(mine).toContain(`.command("${name}")`);
    for (const [option] of options.matchAll(/--[a-z-]+/g)) expect(mine).toContain(`"${option} <`);
  }
});
