import { accessSync, constants, globSync } from "node:fs";
import { delimiter, join } from "node:path";

/** Each program that is needed, and Debian's package that has it. */
const PACKAGE_OF = {
  patroni: "patroni",
  patronictl: "patroni",
  etcd: "etcd-server",
  haproxy: "haproxy",
  ip: "iproute2",
  unshare: "util-linux",
  setpriv: "util-linux",
} as const;

/** Where Debian keeps what its administrators run: an ordinary user's `PATH` often lacks it. */
const FOLDERS = ["/usr/sbin", "/sbin", "/usr/bin", "/bin"];

/** What there is on a machine. */
export interface Present {
  readonly platform: string;
  readonly isRoot: boolean;
  readonly programs: ReadonlySet<string>;
  /** Where the newest PostgreSQL's programs are; null: there is none. */
  readonly postgres: string | null;
}

/** Looks around on this machine. */
export function whatIsPresent(): Present {
  const folders = [...(process.env.PATH ?? "").split(delimiter), ...FOLDERS];
  const isThere = (name: string) => folders.some((folder) => isProgram(join(folder, name)));
  return {
    platform: process.platform,
    isRoot: process.getuid?.() === 0,
    programs: new Set(Object.keys(PACKAGE_OF).filter(isThere)),
    postgres: newestPostgres(),
  };
}

/** What is lacking, in one sentence that says what to do; null: nothing is. */
export function wantingIn({ platform, isRoot, programs, postgres }: Present): string | null {
  if (platform !== "linux") return "This needs Linux: the machines are network namespaces of its kernel.";
  const packages: string[] = Object.entries(PACKAGE_OF).flatMap(([program, name]) =>
    programs.has(program) ? [] : [name],
  );
  if (postgres === null) packages.push("postgresql");
  if (packages.length > 0) {
    const names = [...new Set(packages)];
    return `${inWords(names)} ${names.length === 1 ? "is" : "are"} missing: as root, \`apt-get update && apt-get install --no-install-recommends ${names.join(" ")}\` on Debian brings ${names.length === 1 ? "it" : "them"}, and may start a service of ${names.length === 1 ? "its" : "their"} own, which is not needed.`;
  }
  return isRoot
    ? null
    : "This needs root, for networks and a small disk of its own; the databases run as the user that --user names.";
}

/** The folder of PostgreSQL's programs, 15 or newer. */
function newestPostgres(): string | null {
  const folders = globSync("/usr/lib/postgresql/*/bin").filter((folder) => isProgram(join(folder, "postgres")));
  const versionOf = (folder: string) => Number(folder.split("/")[4]);
  return (
    folders.filter((one) => versionOf(one) >= 15).toSorted((one, other) => versionOf(other) - versionOf(one))[0] ?? null
  );
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

function inWords(names: readonly string[]): string {
  return names.length === 1 ? String(names[0]) : `${names.slice(0, -1).join(", ")} and ${names.at(-1)}`;
}
