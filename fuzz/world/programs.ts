import { type RunningGateway, startGateway } from "@caravela/gateway";
import { Secret } from "@caravela/platform/secret";
import { type RunningServer, type ServerSettings, shopCalled, startServer } from "@caravela/server";
import { freePort } from "../../tests/support/shop.ts";
import { KnownChance } from "./known-chance.ts";
import type { Known } from "./things.ts";

/** The key that the server is set to. */
export const FIRST_KEY = "sk_test_fuzz_0123456789abcdefghij";
/** How browsers reach the server, whichever port it has: so that inputs are the same. */
export const HOST = "127.0.0.1:3000";

/** Server and gateway, on one database; what is due is done when it is asked for, and chance is known. */
export interface Programs {
  readonly server: RunningServer;
  readonly gateway: RunningGateway;
  readonly chances: readonly [server: KnownChance, gateway: KnownChance];
  close(): Promise<void>;
}

/** Ports that stay the same for all programs of a process, as addresses in databases name them. */
export interface Ports {
  readonly server: number;
  readonly gateway: number;
}

export async function choosePorts(): Promise<Ports> {
  return { server: await freePort(), gateway: await freePort() };
}

interface Ground {
  readonly databaseUrl: string;
  readonly ports: Ports;
  /** Those that the server serves; empty: the gateway's own. */
  readonly terminals: readonly Known[];
  /** Takes each line of both logs. */
  readonly log: (line: string) => void;
}

/** Starts both. */
export async function startPrograms({ databaseUrl, ports, terminals, log }: Ground): Promise<Programs> {
  const chances = [new KnownChance("server"), new KnownChance("gateway")] as const;
  const logs = { logLevel: "debug", logDestination: { write: log } };
  const gateway = await startGateway({
    databaseUrl,
    host: "127.0.0.1",
    port: ports.gateway,
    clockFollowers: [`http://127.0.0.1:${ports.server}`],
    chance: chances[1],
    worksByItself: false,
    connections: 4,
    ...logs,
  });
  const server = await startServer({
    ...settingsOf(databaseUrl, ports, gateway.url),
    ...(terminals.length > 0 && { terminals: served(terminals) }),
    chance: chances[0],
    ...logs,
  });
  const close = async () => {
    await server.close();
    await gateway.close();
  };
  return { server, gateway, chances, close };
}

function settingsOf(databaseUrl: string, ports: Ports, gateway: string): Omit<ServerSettings, "logLevel"> {
  return {
    databaseUrl,
    host: "127.0.0.1",
    port: ports.server,
    publicUrl: `http://${HOST}`,
    shop: shopCalled("Loja do Cais"),
    limits: {},
    requiresCustomer: true,
    apiKey: new Secret(FIRST_KEY),
    sibsBaseUrl: `${gateway}/api/v2`,
    sibsMandatesBaseUrl: `${gateway}/sibs/spg/v2`,
    credentials: null,
    methods: ["mbway", "multibanco", "card"],
    timeOutUnasked: false,
    cardLimits: { perPayment: 0, perAddress: 0, perTerminal: 0 },
    trustedProxies: ["loopback"],
    eventNetworks: "all",
    eventsKeptDays: 90,
    metricsToken: new Secret("metrics_fuzz_0123456789"),
    testClock: true,
    worksByItself: false,
  };
}

type Served = NonNullable<ServerSettings["terminals"]>;

function served(terminals: readonly Known[]): Served {
  return terminals.map(({ terminalId, clientId, token, secret, entity }) => ({
    id: terminalId,
    clientId,
    token: new Secret(token),
    webhookSecrets: [new Secret(secret)],
    entity,
    methods: ["mbway", "multibanco", "card"],
    shop: shopCalled(terminalId === "52221" ? "Loja do Cais" : "Queijos da Serra"),
    limits: {},
    requiresCustomer: true,
  })) as unknown as Served;
}
