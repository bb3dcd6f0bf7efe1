import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { API } from "typescript/unstable/sync";
import { afterAll, beforeAll, expect, it } from "vitest";
import { cutsIn } from "./cuts.ts";

const SOURCE = `
declare const name: string;
declare const maybe: string | undefined;
declare const brand: "visa" | "amex" | null;
declare const tagged: string & { readonly tag: true };
declare const rows: readonly string[];
declare const nested: { readonly description: string };
export const cuts = [
  name.slice(0, 70),
  maybe?.substring(0, 70),
  nested.description.substr(0, 70),
  brand?.charAt(0),
  tagged.at(-1),
  name[0],
  [...name].slice(0, 70).join(""),
  name.split("").reverse(),
  name.trim()
    .slice(1),
];
export const whole = [rows.slice(0, 70), rows.at(-1), rows[0], name.split(","), [...name].length, [...rows].slice(1)];
`;

let folder: string;
let api: API;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "caravela-cuts-"));
  mkdirSync(join(folder, "src"));
  writeFileSync(join(folder, "src", "source.ts"), SOURCE);
  writeFileSync(join(folder, "tsconfig.json"), '{"compilerOptions": {"strict": true, "lib": ["esnext"], "types": []}}');
  api = new API({ cwd: folder });
});
afterAll(() => {
  api.close();
  rmSync(folder, { recursive: true });
});

it("finds every cut of a text by the type of what is cut, and leaves lists alone", () => {
  const [project] = api.updateSnapshot({ openProject: join(folder, "tsconfig.json") }).getProjects();
  if (project === undefined) throw new Error("no project");
  const cuts = cutsIn(project, folder, "src/source.ts");
  expect(cuts.map(({ code }) => code)).toEqual([
    "name.slice(0, 70)",
    "maybe?.substring(0, 70)",
    "nested.description.substr(0, 70)",
    "brand?.charAt(0)",
    "tagged.at(-1)",
    "name[0]",
    "[...name].slice(0, 70)",
    'name.split("")',
    "name.trim() .slice(1)",
  ]);
  expect(cuts.map(({ line }) => line)).toEqual([9, 10, 11, 12, 13, 14, 15, 16, 17]);
});
