import { isBuiltin } from "node:module";
import { type Plugin, rolldown } from "rolldown";
import { root } from "./published.ts";

/** Our rooms that nobody installs: they are in the bundle. What is published by itself stays outside. */
const INNER = /^@caravela\/(?:platform|web|development|server|gateway)(?:\/|$)/;
/** What the compiler itself adds. */
const OF_THE_COMPILER = /^@oxc-project\/runtime\//;

/** What finds files, and programs to start, from where it lies, and is laid there in what is built. */
const STAYING = [
  { name: "server/src/migrations", test: /\/packages\/server\/src\/migrations\.ts$/ },
  { name: "gateway/src/migrations", test: /\/packages\/gateway\/src\/migrations\.ts$/ },
  { name: "gateway/src/testing/hosting", test: /\/packages\/gateway\/src\/testing\/hosting\.ts$/ },
  { name: "development/src/shared", test: /\/packages\/development\/src\/shared\.ts$/ },
  { name: "web/dist/server/pages", test: /\/packages\/web\/dist\/server\// },
];

/** Whoever bundles has built the pages already. */
export const PAGES_ARE_BUILT: Plugin = {
  name: "pages-are-built",
  resolveId: (id) => (id === "@caravela/web/build" ? id : null),
  load: (id) => (id === "@caravela/web/build" ? "export async function buildWebIfStale() {}" : null),
};

/**
 * Bundles programs for Node into a folder.
 *
 * @returns The packages that it imports.
 */
export async function bundle(entries: Readonly<Record<string, string>>, folder: string): Promise<ReadonlySet<string>> {
  const build = await rolldown({
    input: entries,
    cwd: root,
    platform: "node",
    resolve: { conditionNames: ["@caravela/source", "node", "import", "default"] },
    plugins: [PAGES_ARE_BUILT],
    external: (id) => !/^[./]/.test(id) && !INNER.test(id) && !OF_THE_COMPILER.test(id),
  });
  const beside = `${Object.keys(entries)[0]?.replace(/\/[^/]+$/, "")}/[name]-[hash].js`;
  const { output } = await build.write({
    dir: folder,
    format: "esm",
    entryFileNames: "[name].js",
    chunkFileNames: ({ name }) => (name.includes("/") ? `${name}.js` : beside),
    codeSplitting: { groups: STAYING },
  });
  await build.close();
  const own = new Set(output.map(({ fileName }) => fileName));
  const imported = output.flatMap((file) => (file.type === "chunk" ? [...file.imports, ...file.dynamicImports] : []));
  return new Set(imported.filter((id) => !own.has(id) && !isBuiltin(id)).map(packageOf));
}

function packageOf(id: string): string {
  return id.split("/", id.startsWith("@") ? 2 : 1).join("/");
}
