import { createHash } from "node:crypto";
import { join, resolve } from "node:path";
import {
  databaseUrl,
  type Environment,
  headerWord,
  host,
  httpUrl,
  port,
  type Reading,
  readTogether,
  setting,
} from "@caravela/platform/settings";

/** The root of the clone; of an installed command, the folder in which it is given. */
export const root = import.meta.filename.endsWith(".ts")
  ? resolve(import.meta.dirname, "..", "..", "..")
  : process.cwd();

/** The key with which `npm start` opens `/v1` on this machine. */
export const STANDARD_API_KEY = "sk_test_caravela";

/** What `caravela start` itself decides by; everything else in the environment goes to the programs as it is. */
export interface StartSettings {
  /** Undefined: the embedded PostgreSQL. */
  readonly databaseUrl: string | undefined;
  readonly dataFolder: string;
  readonly host: string;
  readonly ports: { readonly server: number; readonly gateway: number; readonly shop: number };
  readonly apiKey: string;
  /** Undefined: the local gateway's. */
  readonly sibsBaseUrl: string | undefined;
  /** What stands in the link to the dashboard; undefined: another at each start. */
  readonly localOwner: string | undefined;
}

/** @throws SettingsError naming each setting at fault. */
export function readStartSettings(env: Environment, isRoot = process.getuid?.() === 0): StartSettings {
  return readTogether(env, (reading) => ({
    databaseUrl: setting<string | undefined>(reading, "DATABASE_URL", {
      default: undefined,
      parse: databaseUrl,
      isSecret: true,
    }),
    dataFolder: dataFolder(reading, isRoot),
    host: setting(reading, "CARAVELA_HOST", { default: "127.0.0.1", parse: host }),
    ports: {
      server: setting(reading, "CARAVELA_PORT", { default: 3000, parse: port }),
      gateway: setting(reading, "CARAVELA_GATEWAY_PORT", { default: 4010, parse: port }),
      shop: setting(reading, "CARAVELA_SHOP_PORT", { default: 4000, parse: port }),
    },
    apiKey: setting(reading, "CARAVELA_API_KEY", { default: STANDARD_API_KEY, parse: headerWord, isSecret: true }),
    sibsBaseUrl: setting<string | undefined>(reading, "SIBS_BASE_URL", { default: undefined, parse: httpUrl }),
    localOwner: setting<string | undefined>(reading, "CARAVELA_LOCAL_OWNER", {
      default: undefined,
      parse: headerWord,
      isSecret: true,
    }),
  }));
}

/** Where the embedded PostgreSQL keeps its data, and programs their logs. */
export function readDataFolder(env: Environment, isRoot = process.getuid?.() === 0): string {
  return readTogether(env, (reading) => dataFolder(reading, isRoot));
}

function dataFolder(reading: Reading, isRoot: boolean): string {
  return resolve(root, setting(reading, "CARAVELA_DATA", { default: defaultDataFolder(isRoot) }));
}

/** As root, a place that PostgreSQL's user can enter, which the clone may not be (under /root). */
function defaultDataFolder(isRoot: boolean): string {
  if (!isRoot) return ".caravela";
  return join("/var/lib/caravela", createHash("sha256").update(root).digest("hex").slice(0, 12));
}
