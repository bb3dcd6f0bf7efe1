import { spawn } from "node:child_process";
import { join } from "node:path";
import type { Asked, Told } from "./lives.ts";

/** What a run's process has compiled of its sources is there for the next: a quarter of a small run. */
const NODE_COMPILE_CACHE = join(import.meta.dirname, "../node_modules/.cache/simulation");

/** Lives one run in a process of its own: time is another there. @param mutation the name of a mistake put into it */
export async function lived(asked: Asked, mutation?: string): Promise<Told> {
  const [program, ...words] = mutation === undefined ? ["lives.ts"] : ["mutations/lives.ts", mutation];
  const child = spawn(
    process.execPath,
    ["--conditions=@caravela/source", join(import.meta.dirname, program ?? ""), JSON.stringify(asked), ...words],
    { stdio: ["ignore", "pipe", "pipe"], env: { ...process.env, NODE_COMPILE_CACHE } },
  );
  let [text, errors] = ["", ""];
  child.stdout.on("data", (part) => {
    text += part;
  });
  child.stderr.on("data", (part) => {
    errors += part;
  });
  const code = await new Promise((resolve) => child.on("close", resolve));
  if (code === NOT_MUTATED) throw new Error(errors);
  if (code === 0) return JSON.parse(text);
  const what = `it ended with ${code} and came to no end of its own: ${errors.slice(0, 2_000)}`;
  const violations = [{ property: "end", subject: "the run", what }] as const;
  return { ...asked, made: 0, violations, stories: {}, faults: {}, points: {}, trace: "" };
}

/** What a process of a run ends with whose mistake could not be put into it. */
export const NOT_MUTATED = 64;
