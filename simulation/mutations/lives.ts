import { registerHooks } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { NOT_MUTATED } from "../living.ts";
import { MUTATIONS } from "./list.ts";
import { mutated } from "./mutated.ts";

// Lives runs with one mistake in them. What is run is given another source as it is loaded: no file is changed.

const ROOT = join(import.meta.dirname, "../..");

const name = process.argv[2];
const mutation = MUTATIONS.find((one) => one.name === name);
if (mutation === undefined) refuse(`no mutation is called ${name}`);
const url = pathToFileURL(join(ROOT, mutation.file)).href;
let isThere = false;

registerHooks({
  load: (asked, context, nextLoad) => {
    const loaded = nextLoad(asked, context);
    if (asked !== url) return loaded;
    isThere = true;
    return { ...loaded, source: mutated(String(loaded.source), mutation) };
  },
});

await import("../run.ts").catch((error) => refuse(String(error)));
if (!isThere) refuse(`"${mutation.name}": nothing of a run loads ${mutation.file}`);
await import("../lives.ts");

function refuse(why: string): never {
  process.stderr.write(`${why}\n`);
  process.exit(NOT_MUTATED);
}
