import { extname, join } from "node:path";
import { type Environment, isLoopback } from "@caravela/platform/settings";
import { PUBLIC } from "../../../examples/shop/src/public-folder.ts";
import type { StartSettings } from "./start-settings.ts";

/** Where everything is reached. */
export interface Addresses {
  readonly shop: string;
  readonly server: string;
  readonly gateway: string;
  readonly apiKey: string;
  /** Where whoever has this machine signs in to the dashboard; null: the server works with a SIBS elsewhere. */
  readonly dashboard: string | null;
}

/** A program to start, with the settings that let it find the others. */
export interface Program {
  readonly name: string;
  readonly module: string;
  readonly args: readonly string[];
  readonly env: NodeJS.ProcessEnv;
}

/** A program of ours: as a source, or built, as this is. */
const program = (name: string) => join(import.meta.dirname, `${name}${extname(import.meta.filename)}`);

/** What the example shop looks like on the pages where it is paid. */
const DEMONSTRATION_SHOP: Environment = {
  CARAVELA_MERCHANT_NAME: "Loja da Caravela",
  CARAVELA_MERCHANT_LOGO: join(PUBLIC, "logo.svg"),
  CARAVELA_MERCHANT_COLOUR: "#0b5563",
  // what the local gateway's phone calls it
  CARAVELA_MERCHANT_IN_APP: "Caravela",
};

const DEMONSTRATION_LIMITS: Environment = {
  CARAVELA_CARD_TRIES_PER_PAYMENT: "0",
  CARAVELA_CARD_TRIES_PER_ADDRESS: "0",
  CARAVELA_CARD_TRIES_PER_TERMINAL: "0",
  CARAVELA_PHONE_REQUESTS: "20",
};

/**
 * Wires gateway, server and shop together, in the order in which they start. What the environment sets already stays.
 * `localOwner`: what stands in the link by which whoever has this machine signs in.
 */
export function wire(
  env: Environment,
  settings: StartSettings & { databaseUrl: string; localOwner: string },
): { addresses: Addresses; programs: Program[] } {
  const { host, ports, apiKey, databaseUrl } = settings;
  const [server, gateway, shop] = [ports.server, ports.gateway, ports.shop].map(
    (port) => `http://${reachable(host)}:${port}`,
  ) as [string, string, string];
  const sibsBaseUrl = settings.sibsBaseUrl ?? `${gateway}/api/v2`;
  const common = {
    ...env,
    CARAVELA_MIGRATE: env.CARAVELA_MIGRATE || "1",
    DATABASE_URL: databaseUrl,
    CARAVELA_HOST: host,
    CARAVELA_PORT: String(ports.server),
    CARAVELA_GATEWAY_PORT: String(ports.gateway),
    CARAVELA_SHOP_PORT: String(ports.shop),
    CARAVELA_API_KEY: apiKey,
    SIBS_BASE_URL: sibsBaseUrl,
  };
  // a server that works with a SIBS elsewhere lives by the system's time, and follows nobody's clock
  const isOurSibs = isLoopback(sibsBaseUrl);
  const clock = isOurSibs
    ? { CARAVELA_TEST_CLOCK: "1", CARAVELA_CLOCK_FOLLOWERS: env.CARAVELA_CLOCK_FOLLOWERS ?? server }
    : {};
  // whoever tries things out tries many test cards; with a SIBS elsewhere the server's own limits hold
  const limits = isOurSibs ? { ...DEMONSTRATION_LIMITS, ...valuesOf(env, Object.keys(DEMONSTRATION_LIMITS)) } : {};
  const owner = isOurSibs ? { CARAVELA_LOCAL_OWNER: settings.localOwner } : {};
  const embedding = env.CARAVELA_TERMINALS
    ? {}
    : { CARAVELA_SHOP_ORIGINS: env.CARAVELA_SHOP_ORIGINS || originsOf(shop) };
  // whoever says anything of a shop of their own says all of it
  const saysShop = Object.entries(env).some(([name, value]) => /^CARAVELA_MERCHANT_/.test(name) && value);
  const shopSigns = isOurSibs && !saysShop && !env.CARAVELA_TERMINALS ? DEMONSTRATION_SHOP : {};
  const publicServer = env.CARAVELA_PUBLIC_URL ?? server;
  const dashboard = isOurSibs ? `${publicServer}/dashboard/local/${settings.localOwner}` : null;
  const main = program("main");
  return {
    addresses: { shop, server: publicServer, gateway, apiKey, dashboard },
    programs: [
      { name: "gateway", module: main, args: ["gateway"], env: { ...common, ...clock } },
      {
        name: "server",
        module: main,
        args: ["server"],
        env: { ...common, ...clock, ...limits, ...owner, ...embedding, ...shopSigns },
      },
      { name: "shop", module: program("shop"), args: [], env: { ...common, CARAVELA_URL: server } },
    ],
  };
}

/** Where a browser of this machine may have the example shop; nothing where the shop is for other machines. */
function originsOf(shop: string): string {
  const { hostname, port } = new URL(shop);
  return hostname === "127.0.0.1" || hostname === "localhost"
    ? `http://127.0.0.1:${port},http://localhost:${port}`
    : "";
}

/** The settings of these names that are set. */
function valuesOf(env: Environment, names: readonly string[]): Environment {
  return Object.fromEntries(names.flatMap((name) => (env[name] ? [[name, env[name]]] : [])));
}

/** What to call a host to reach it from here: a server that listens everywhere is reached by loopback. */
function reachable(host: string): string {
  if (host === "0.0.0.0") return "127.0.0.1";
  if (host === "::") return "[::1]";
  return host.includes(":") ? `[${host}]` : host;
}
