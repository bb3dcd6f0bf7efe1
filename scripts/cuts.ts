import { join, relative } from "node:path";
import { API } from "typescript/unstable/sync";
import { type Cut, cutsIn } from "./cuts/cuts.ts";
import { HARMLESS } from "./cuts/harmless.ts";

/** Sources of the product: tests and pictures of pages may cut what they like. */
const PRODUCT = /^(packages\/[^/]+|examples\/[^/]+)\/src\/.*(?<!\.test)\.tsx?$/;

const root = join(import.meta.dirname, "..");
const api = new API({ cwd: root });
try {
  const [project] = api.updateSnapshot({ openProject: join(root, "tsconfig.json") }).getProjects();
  if (project === undefined) throw new Error("tsconfig.json makes no project");
  const paths = project.program
    .getSourceFileNames()
    .map((name) => relative(root, name).replaceAll("\\", "/"))
    .filter((path) => PRODUCT.test(path) && !path.includes("/testing/"));
  const cuts = paths.flatMap((path) => cutsIn(project, root, path));
  const strays = cuts.filter((cut) => !HARMLESS.some((one) => isSame(one, cut)));
  const idle = HARMLESS.filter((one) => !cuts.some((cut) => isSame(one, cut)));
  for (const { path, line, code } of strays) {
    console.error(
      `${path}:${line} cuts a text by its units: ${code}\n  What a person wrote is cut by shorten or lineOf of @caravela/sibs/text. A text of signs of our own is listed in scripts/cuts/harmless.ts, with what it is.`,
    );
  }
  for (const { path, code } of idle)
    console.error(`scripts/cuts/harmless.ts lists what ${path} does not have: ${code}`);
  if (strays.length + idle.length > 0) process.exitCode = 1;
  else console.log(`cuts: ${paths.length} files, and no text of a person is cut inside a character`);
} finally {
  api.close();
}

function isSame(one: Pick<Cut, "path" | "code">, other: Pick<Cut, "path" | "code">): boolean {
  return one.path === other.path && one.code === other.code;
}
