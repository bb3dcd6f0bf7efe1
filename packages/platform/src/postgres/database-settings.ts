import { databaseUrl, limitMs, oneOf, type Reading, setting } from "../settings.ts";
import { type Address, type Pooler, STATEMENT_LIMIT_MS } from "./pool.ts";

/** How a program reaches its database, and comes by its schema. */
export interface DatabaseSettings {
  readonly databaseUrl: string;
  /** What stands before that address; nothing, unless it is said. */
  readonly databasePooler?: Pooler;
  /**
   * An address before which nothing stands, for what needs a session of its own; null: the first, if nothing stands
   * before it.
   */
  readonly databaseDirectUrl?: string | null;
  /** How long a statement may take before its connection counts as dead, in milliseconds. */
  readonly statementLimitMs?: number;
  /**
   * Whether the program brings its schema up itself when it starts: it does, unless it is told otherwise. `alone`: and
   * no other works on it meanwhile.
   */
  readonly migrates?: boolean | "alone";
}

const DATABASE_URL = {
  parse: databaseUrl,
  isSecret: true,
  remedy:
    "set it to the PostgreSQL that the server uses, as postgres://user:password@host:5432/database; `npm start` prints where the one is that it brings along",
} as const;

/**
 * Reads them from the environment. @param migrates whether the program brings its schema up itself unless it is said
 */
export function readDatabaseSettings(reading: Reading, migrates: boolean): Required<DatabaseSettings> {
  const direct = setting<string | null>(reading, "DATABASE_DIRECT_URL", {
    default: null,
    parse: databaseUrl,
    isSecret: true,
  });
  const settings = {
    databaseUrl: setting(reading, "DATABASE_URL", DATABASE_URL),
    databaseDirectUrl: direct,
    databasePooler: setting<Pooler>(reading, "CARAVELA_DATABASE_POOLER", {
      default: direct === null ? "none" : "unnamed",
      parse: poolers,
    }),
    statementLimitMs: setting(reading, "CARAVELA_DATABASE_LIMIT_MS", { default: STATEMENT_LIMIT_MS, parse: limitMs }),
    migrates: setting(reading, "CARAVELA_MIGRATE", { default: migrates as boolean | "alone", parse: migrating }),
  };
  if (settings.migrates && directAddress(settings) === null) reading.faults.push(NO_WAY_PAST);
  return settings;
}

/** Where most statements go. */
export function mainAddress({ databaseUrl, databasePooler = "none" }: DatabaseSettings): Address {
  return { url: databaseUrl, pooler: databasePooler };
}

/** Where what needs a session of its own goes: migrations, and whoever listens; null: there is no such place. */
export function directAddress(settings: DatabaseSettings): Address | null {
  const { databaseUrl, databasePooler = "none", databaseDirectUrl = null } = settings;
  if (databaseDirectUrl !== null) return { url: databaseDirectUrl };
  return databasePooler === "none" ? { url: databaseUrl } : null;
}

/** Reads the address for what needs a session of its own, and the setting that named it. */
export function readDirectUrl(reading: Reading): { url: string; name: string } {
  const terms = { parse: databaseUrl, isSecret: true };
  const direct = setting<string | null>(reading, "DATABASE_DIRECT_URL", { default: null, ...terms });
  if (direct !== null) return { url: direct, name: "DATABASE_DIRECT_URL" };
  const pooler = setting<Pooler>(reading, "CARAVELA_DATABASE_POOLER", { default: "none", parse: poolers });
  if (pooler !== "none") reading.faults.push(NO_WAY_PAST);
  return { url: setting(reading, "DATABASE_URL", DATABASE_URL), name: "DATABASE_URL" };
}

const MIGRATING = { 1: true, 0: false, alone: "alone" } as const;
const wordOfMigrating = oneOf(["1", "0", "alone"]);
const migrating = (text: string): boolean | "alone" => MIGRATING[wordOfMigrating(text)];

const poolers = oneOf(["none", "unnamed", "named"]);

const NO_WAY_PAST =
  "DATABASE_DIRECT_URL is missing: through the pooler of DATABASE_URL no schema can be changed. Set it to PostgreSQL's own address; or leave CARAVELA_MIGRATE at 0, and run `caravela migrate` from where that can be reached.";
