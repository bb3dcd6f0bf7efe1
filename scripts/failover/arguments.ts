import { randomInt } from "node:crypto";
import { parseArgs } from "node:util";
import { KINDS, type Kind } from "./injuries.ts";
import type { Replication } from "./templates.ts";

/**
 * How the databases replicate: `strict` commits on two machines or not at all, `asynchronous` on one, and then tells.
 */
/** What `npm run failover` was asked for. */
export interface Asked {
  readonly replications: readonly Replication[];
  readonly kinds: readonly Kind[];
  /** How often each kind is tried with each replication. */
  readonly tries: number;
  readonly seed: number;
  /** The system user whom the databases run as. */
  readonly user: string;
  /** Where the figures are written; null: nowhere. */
  readonly file: string | null;
  /** Where the logs of all programs are left; null: nowhere. */
  readonly logs: string | null;
}

/** What `--help` says. */
export const HELP = `npm run failover -- [options]

Three PostgreSQL under Patroni, etcd and HAProxy, two payments servers and a simulated SIBS on this machine,
in a network of their own. Payments go on while the primary is hurt; at the end all books are compared.

  --tries N            how often each kind of injury is tried (3)
  --seed S             what is decided by chance, decided the same (by chance)
  --kinds A,B          only these: ${KINDS.join(", ")}
  --replication R      only strict, or only asynchronous (both)
  --user NAME          whom the databases run as (postgres)
  --json FILE          writes the figures there
  --logs FOLDER        leaves the logs of all programs there`;

const KNOWN = {
  tries: { type: "string", default: "3" },
  seed: { type: "string" },
  kinds: { type: "string", default: KINDS.join(",") },
  replication: { type: "string", default: "strict,asynchronous" },
  user: { type: "string", default: "postgres" },
  json: { type: "string" },
  logs: { type: "string" },
  help: { type: "boolean", default: false },
} as const;

/** Reads what follows `npm run failover --`; null: help is wanted. @throws Error that says what was not understood */
export function readArguments(words: readonly string[]): Asked | null {
  const { values } = parseArgs({ args: [...words], options: KNOWN, strict: true });
  if (values.help) return null;
  return {
    replications: listOf("replication", values.replication, ["strict", "asynchronous"]),
    kinds: listOf("kinds", values.kinds, KINDS),
    tries: whole("tries", values.tries, 1, 1000),
    seed: values.seed === undefined ? randomInt(2 ** 32) : whole("seed", values.seed, 0, 2 ** 32 - 1),
    user: values.user,
    file: values.json ?? null,
    logs: values.logs ?? null,
  };
}

function whole(name: string, text: string, least: number, most: number): number {
  const number = /^\d{1,10}$/.test(text) ? Number(text) : Number.NaN;
  if (number >= least && number <= most) return number;
  throw new Error(`--${name} is a whole number from ${least} to ${most}, not ${text}`);
}

function listOf<T extends string>(name: string, text: string, known: readonly T[]): readonly T[] {
  return text.split(",").map((word) => {
    const found = known.find((one) => one === word);
    if (found === undefined) throw new Error(`--${name} knows ${known.join(", ")}, and not ${word}`);
    return found;
  });
}
