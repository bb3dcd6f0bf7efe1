import { openSync } from "node:fs";
import { join } from "node:path";
import { type EmbeddedPostgres, startEmbeddedPostgres } from "@caravela/development/embedded";
import { Program } from "../../tests/support/program.ts";
import { freePort, openShop, type Shop } from "../../tests/support/shop.ts";

const API_KEY = "sk_test_failover";

/** The ways by which the two servers reach their database, in their order. */
export const WAYS = ["by haproxy", "by the list of hosts"] as const;

/** Two servers, each on its way to the database, the SIBS that they pay at, and a shop that listens. */
export interface Programs {
  readonly serverUrls: readonly string[];
  readonly gatewayUrl: string;
  readonly apiKey: string;
  readonly shop: Shop;
  /** Whether any program has ended by itself. */
  hasFallen(): boolean;
  stop(): Promise<void>;
}

/** Where their logs go, and the addresses of the database. */
export interface Settings {
  readonly folder: string;
  readonly logs: string;
  readonly databases: readonly string[];
}

/** Starts them. SIBS has a database of its own, which nobody hurts: in production it is a company of its own. */
export async function startPrograms({ folder, logs, databases }: Settings): Promise<Programs> {
  const sibs: EmbeddedPostgres = await startEmbeddedPostgres({ dataFolder: join(folder, "sibs"), durable: false });
  const shop = await openShop();
  const [gatewayPort = 0, ...ports] = await Promise.all([freePort(), ...databases.map(freePort)]);
  const gatewayUrl = `http://127.0.0.1:${gatewayPort}`;
  const serverUrls = ports.map((port) => `http://127.0.0.1:${port}`);
  const logOf = (name: string) => openSync(join(logs, `${name}.log`), "a");
  const gateway = new Program(
    "gateway",
    {
      DATABASE_URL: sibs.url,
      CARAVELA_GATEWAY_PORT: String(gatewayPort),
      CARAVELA_CLOCK_FOLLOWERS: serverUrls.join(","),
      CARAVELA_LOG_LEVEL: "warn",
    },
    logOf("gateway"),
  );
  const servers = databases.map(
    (url, place) =>
      new Program(
        "server",
        {
          DATABASE_URL: url,
          SIBS_BASE_URL: `${gatewayUrl}/api/v2`,
          CARAVELA_PORT: String(ports[place]),
          CARAVELA_API_KEY: API_KEY,
          CARAVELA_TEST_CLOCK: "1",
          CARAVELA_LOG_LEVEL: "warn",
        },
        logOf(`server-${place + 1}`),
      ),
  );
  await gateway.start();
  for (const one of servers) await one.start();
  return {
    serverUrls,
    gatewayUrl,
    apiKey: API_KEY,
    shop,
    hasFallen: () => [gateway, ...servers].some((one) => !one.isRunning),
    stop: async () => {
      for (const one of [...servers, gateway]) await one.kill();
      await shop.close();
      await sibs.stop();
    },
  };
}
