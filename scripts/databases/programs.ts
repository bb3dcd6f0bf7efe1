import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:http";
import { join } from "node:path";
import { type Answer, jsonCaller } from "../../tests/support/json.ts";
import { freePort } from "../../tests/support/shop.ts";

/** One version's gateway and server, running. */
export interface Programs {
  /** Calls the server's API; anything but a 2xx is thrown. */
  api(method: string, path: string, body?: unknown): Promise<Answer>;
  /** Calls the gateway's sandbox; anything but a 2xx is thrown. */
  sandbox(method: string, path: string, body?: unknown): Promise<Answer>;
  /** What opens the server's API. */
  readonly apiKey: string;
  /** Where the gateway is SIBS. */
  readonly sibsBaseUrl: string;
  /** Where events are sent to: taken until `refuseEvents`. */
  readonly shopUrl: string;
  refuseEvents(): void;
  /** Ends the server alone: whoever else uses the gateway goes on. */
  endServer(): Promise<void>;
  stop(): Promise<void>;
}

const API_KEY = "sk_test_databases";

/** Starts the programs of the version in a folder on a database. */
export async function startPrograms(folder: string, databaseUrl: string): Promise<Programs> {
  const [gatewayPort, serverPort, shopPort] = await Promise.all([freePort(), freePort(), freePort()]);
  const gatewayUrl = `http://127.0.0.1:${gatewayPort}`;
  const serverUrl = `http://127.0.0.1:${serverPort}`;
  const env = {
    PATH: `${join(folder, "node_modules", ".bin")}:${process.env.PATH}`,
    DATABASE_URL: databaseUrl,
    CARAVELA_GATEWAY_PORT: String(gatewayPort),
    CARAVELA_PORT: String(serverPort),
    CARAVELA_API_KEY: API_KEY,
    CARAVELA_TEST_CLOCK: "1",
    CARAVELA_CLOCK_FOLLOWERS: serverUrl,
    SIBS_BASE_URL: `${gatewayUrl}/api/v2`,
    CARAVELA_LOG_LEVEL: "warn",
  };
  const gateway = await start(folder, "gateway", env);
  const server = await start(folder, "server", env);
  let status = 200;
  const shop = createServer((request, response) => {
    request.resume().on("end", () => response.writeHead(status).end());
  });
  shop.listen(shopPort, "127.0.0.1");
  await once(shop, "listening");
  const call = jsonCaller();
  return {
    api: async (method, path, body) =>
      succeeded(
        await call(serverUrl + path, method, body, {
          authorization: `Bearer ${API_KEY}`,
          ...(method === "POST" && { "idempotency-key": crypto.randomUUID() }),
        }),
        `${method} ${path}`,
      ),
    sandbox: async (method, path, body) =>
      succeeded(await call(`${gatewayUrl}/sandbox${path}`, method, body), `${method} ${path}`),
    apiKey: API_KEY,
    sibsBaseUrl: env.SIBS_BASE_URL,
    shopUrl: `http://127.0.0.1:${shopPort}/`,
    refuseEvents: () => {
      status = 500;
    },
    endServer: () => end(server),
    stop: async () => {
      for (const program of [server, gateway]) await end(program);
      shop.close();
      shop.closeAllConnections();
    },
  };
}

async function end(program: ChildProcess): Promise<void> {
  if (program.exitCode !== null) return;
  program.kill("SIGTERM");
  await once(program, "exit");
}

async function start(folder: string, name: string, env: NodeJS.ProcessEnv): Promise<ChildProcess> {
  const program = fork(join(folder, "packages", "cli", "src", "main.ts"), [name], {
    cwd: folder,
    env,
    execPath: join(folder, "node_modules", ".bin", "node"),
    execArgv: ["--conditions=source", "--conditions=@caravela/source"],
  });
  const [message] = await Promise.race([once(program, "message"), once(program, "exit")]);
  if (typeof message !== "object" || message === null || !("ready" in message)) {
    throw new Error(`the ${name} did not start: ${JSON.stringify(message)}`);
  }
  return program;
}

function succeeded(answer: Answer, what: string): Answer {
  if (answer.status >= 200 && answer.status < 300) return answer;
  throw new Error(`${what}: ${answer.status} ${JSON.stringify(answer.body)}`);
}
