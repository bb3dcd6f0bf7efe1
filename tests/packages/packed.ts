import { execFile } from "node:child_process";
import { globSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { promisify } from "node:util";

const run = promisify(execFile);
export const root = join(import.meta.dirname, "..", "..");

/** A package of ours that can be published. */
export interface PublicPackage {
  readonly name: string;
  readonly folder: string;
  readonly manifest: Manifest;
}

/** What its `package.json` says, as far as it is judged. */
export interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly private?: boolean;
  readonly description?: string;
  readonly license?: string;
  readonly repository?: { readonly directory?: string };
  readonly exports: Readonly<Record<string, string | Readonly<Record<string, string>>>>;
  readonly dependencies?: Readonly<Record<string, string>>;
}

/** All that are not private, those that others stand on first. */
export function publicPackages(): readonly PublicPackage[] {
  const all = globSync("packages/*/package.json", { cwd: root }).map((path) => {
    const manifest = JSON.parse(readFileSync(join(root, path), "utf8")) as Manifest;
    return { name: manifest.name, folder: join(root, dirname(path)), manifest };
  });
  return all
    .filter(({ manifest }) => manifest.private !== true)
    .sort((one, other) => ours(one.manifest) - ours(other.manifest) || (one.name < other.name ? -1 : 1));
}

function ours({ dependencies = {} }: Manifest): number {
  return Object.keys(dependencies).filter((name) => name.startsWith("@caravela/")).length;
}

/** Packs as a publisher does, in the package's own folder: what is packed is built by that. The tarball's path. */
export async function pack({ folder }: PublicPackage, to: string): Promise<string> {
  const { stdout } = await run("npm", ["pack", "--json", "--silent", "--pack-destination", to], { cwd: folder });
  const [{ filename }] = JSON.parse(stdout.slice(stdout.indexOf("[\n"))) as [{ filename: string }];
  return join(to, filename);
}
