import { readFileSync } from "node:fs";
import { join } from "node:path";

const FOLDER = join(import.meta.dirname, "..", "..", "deploy", "high-availability");

export type Replication = "strict" | "asynchronous";

/** The machines of the database, by number: their addresses and names are those of the files. */
export const MACHINES = [1, 2, 3] as const;
export const addressOf = (machine: number): string => `10.77.0.${10 + machine}`;
export const nameOf = (machine: number): string => `database-${machine}`;
/** Where servers and haproxy are in the databases' network. */
export const OUR_ADDRESS = "10.77.0.1";

/** What differs from the files that are to be copied: where things lie here, and passwords. */
export interface Place {
  /** The machine's folder. */
  readonly folder: string;
  /** Where PostgreSQL's programs are. */
  readonly postgres: string;
  /** In the place of `change-me`. */
  readonly secret: string;
}

/** A file of deploy/high-availability as it stands there. */
export function template(name: "patroni.yaml" | "etcd.yaml" | "haproxy.cfg" | "server.env"): string {
  return readFileSync(join(FOLDER, name), "utf8");
}

/** Patroni's settings on one of the machines. */
export function patroniOn(machine: number, replication: Replication, place: Place): string {
  const text = onMachine(template("patroni.yaml"), machine, place);
  return replication === "strict" ? text : text.replaceAll(/(synchronous_mode(?:_strict)?): true/g, "$1: false");
}

/** Etcd's settings on one of the machines. */
export function etcdOn(machine: number, place: Place): string {
  return onMachine(template("etcd.yaml"), machine, place);
}

/** Both ways by which a server may reach its database: through haproxy, and by the list of all machines. */
export function databaseUrls({ secret }: Pick<Place, "secret">): { byHaproxy: string; byList: string } {
  const [byHaproxy, byList] = [...template("server.env").matchAll(/^(?:# )?DATABASE_URL=(.*)$/gm)].map(([, url]) =>
    (url ?? "").replaceAll("change-me", secret),
  );
  if (byHaproxy === undefined || byList === undefined) throw new Error("server.env names two ways");
  return { byHaproxy, byList };
}

/** A line that names another machine names all of them, and is the same on each. */
function onMachine(text: string, machine: number, { folder, postgres, secret }: Place): string {
  const lines = text.split("\n").map((line) => {
    if (line.includes(addressOf(2))) return line;
    return line.replaceAll(addressOf(1), addressOf(machine)).replaceAll(nameOf(1), nameOf(machine));
  });
  return lines
    .join("\n")
    .replaceAll("/var/lib/postgresql/caravela", folder)
    .replaceAll("/var/lib/etcd/caravela", `${folder}-etcd`)
    .replaceAll("/usr/lib/postgresql/15/bin", postgres)
    .replaceAll("change-me", secret);
}
