import { readFileSync } from "node:fs";
import { join } from "node:path";

export const root = join(import.meta.dirname, "..", "..");

/** How a program of ours is published: as a bundle in which the inner rooms (platform, web, development) are. */
export interface Published {
  readonly folder: string;
  /** From the place in `dist`, without an ending, to the source. */
  readonly entries: Readonly<Record<string, string>>;
  /** The entries whose types a user sees, below `packages`. */
  readonly declared: readonly string[];
  /** What is read while it runs: from the place in the clone to that in `dist`. */
  readonly beside: Readonly<Record<string, string>>;
}

const PAGES = { "packages/web/dist/browser/assets": "web/dist/browser/assets" };
const OF_THE_SERVER = { "packages/server/migrations": "server/migrations", ...PAGES };
const OF_THE_GATEWAY = { "packages/gateway/migrations": "gateway/migrations", ...PAGES };

/** The processes that run gateways, and their PostgreSQL, for tests. */
const FOR_TESTS = ["gateway/src/testing/host.ts", "development/src/shared-keeper.ts"];

/** What each program reads while it runs, and the programs that it starts beside what it exports. */
const PROGRAMS: Readonly<Record<string, { beside: Record<string, string>; programs: readonly string[] }>> = {
  server: { beside: OF_THE_SERVER, programs: [] },
  gateway: { beside: OF_THE_GATEWAY, programs: FOR_TESTS },
  cli: {
    beside: { ...OF_THE_SERVER, ...OF_THE_GATEWAY, "examples/shop/public": "cli/public" },
    programs: ["cli/src/main.ts", "cli/src/shop.ts", ...FOR_TESTS],
  },
};

/** @throws Error where `packages` has no such program. */
export function published(name: string): Published {
  const program = PROGRAMS[name];
  if (program === undefined) throw new Error(`which package? ${Object.keys(PROGRAMS).join(", ")}`);
  const folder = join(root, "packages", name);
  const { exports } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8")) as { exports: Exports };
  const declared = Object.values(exports).flatMap((one) => (typeof one === "string" ? [] : [sourceOf(one.default)]));
  const sources = [...declared, ...program.programs];
  return {
    folder,
    entries: Object.fromEntries(sources.map((path) => [path.replace(/\.ts$/, ""), join(root, "packages", path)])),
    declared,
    beside: program.beside,
  };
}

type Exports = Readonly<Record<string, string | { readonly default: string }>>;

function sourceOf(built: string): string {
  return built.replace(/^\.\/dist\//, "").replace(/\.js$/, ".ts");
}
