import { createHash } from "node:crypto";
import { join, resolve } from "node:path";
import { type Environment, httpUrl, port, setting } from "@caravela/platform/settings";

/** The root of the clone. */
export const root = resolve(import.meta.dirname, "..", "..", "..");

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
}

/** @throws SettingsError naming the setting at fault. */
export function readStartSettings(env: Environment, isRoot = process.getuid?.() === 0): StartSettings {
  return {
    databaseUrl: setting(env, "DATABASE_URL", { default: "" }) || undefined,
    dataFolder: readDataFolder(env, isRoot),
    host: setting(env, "CARAVELA_HOST", { default: "127.0.0.1" }),
    ports: {
      server: setting(env, "CARAVELA_PORT", { default: 3000, parse: port }),
      gateway: setting(env, "CARAVELA_GATEWAY_PORT", { default: 4010, parse: port }),
      shop: setting(env, "CARAVELA_SHOP_PORT", { default: 4000, parse: port }),
    },
    apiKey: setting(env, "CARAVELA_API_KEY", { default: "sk_test_caravela" }),
    sibsBaseUrl: setting(env, "SIBS_BASE_URL", { default: "", parse: httpUrl }) || undefined,
  };
}

/** Where the embedded PostgreSQL keeps its data, and programs their logs. */
export function readDataFolder(env: Environment, isRoot = process.getuid?.() === 0): string {
  return resolve(root, setting(env, "CARAVELA_DATA", { default: defaultDataFolder(isRoot) }));
}

/** As root, a place that PostgreSQL's user can enter, which the clone may not be (under /root). */
function defaultDataFolder(isRoot: boolean): string {
  if (!isRoot) return ".caravela";
  return join("/var/lib/caravela", createHash("sha256").update(root).digest("hex").slice(0, 12));
}
