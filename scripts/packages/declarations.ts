import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { isolatedDeclarationSync } from "rolldown/experimental";

/** What a package brings along and a user can see: its own files, and what is published beside it. */
const SEEN = /^(?:\.|@caravela\/(?:sibs|client)(?:\/|$))/;

/**
 * Writes the types of a package's entries, and of the files of the package that they name, below a folder. They name no
 * inner room.
 *
 * @param from The folder of the sources, of which the entries are paths.
 * @throws Error naming what is not seen, or cannot be told without the compiler.
 */
export function writeDeclarations(from: string, entries: readonly string[], to: string): void {
  const written = new Set<string>();
  const write = (path: string) => {
    if (written.has(path)) return;
    written.add(path);
    const { code, errors } = isolatedDeclarationSync(path, readFileSync(path, "utf8"), { stripInternal: true });
    if (errors.length > 0) throw new Error(`${path}: ${errors.map(({ message }) => message).join("; ")}`);
    const named = [...code.matchAll(/(?:from |import\()"([^"]+)"/g)].map(([, name = ""]) => name);
    const unseen = named.filter((name) => name.startsWith("@caravela/") && !SEEN.test(name));
    if (unseen.length > 0) throw new Error(`${path}: its types name ${unseen.join(", ")}, which nobody can see`);
    const file = join(to, relative(from, path).replace(/\.ts$/, ".d.ts"));
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, code.replace(/((?:from |import\()"\.[^"]*)\.ts"/g, '$1.js"'));
    for (const name of named.filter((one) => one.startsWith("."))) write(join(dirname(path), name));
  };
  for (const entry of entries) write(join(from, entry));
}
