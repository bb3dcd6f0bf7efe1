import { execFileSync, spawnSync } from "node:child_process";
import { globSync, mkdirSync, readdirSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { Secret } from "@caravela/platform/secret";
import { type RunningServer, shopCalled, startServer } from "@caravela/server";
import type { Programs } from "../../scripts/databases/programs.ts";
import { approve, askPhone, createPayment } from "./actions.ts";
import { jsonCaller } from "./json.ts";
import type { Play } from "./stage.ts";

const root = join(import.meta.dirname, "..", "..");

/**
 * The commits that were released, in their order, each with the database that it left behind (tests/start/databases).
 */
export const RELEASES = ["aed2179", "e465bd7", "b46a054"] as const;

/** Commits between releases whose facts or states are of a version of their own: whoever ran one goes on as well. */
export const LANDED = ["landed/45f84cf", "landed/100def8"] as const;

/** Whether the history that came along reaches back to a commit: a shallow clone's does not. */
export function isInHistory(commit: string): boolean {
  return spawnSync("git", ["cat-file", "-e", `${commit}^{commit}`], { cwd: root }).status === 0;
}

/**
 * Lays out a released version's own programs in a folder, to be run as they were, on the packages that are installed
 * here.
 */
export function layOut(commit: string, folder: string): void {
  const archive = execFileSync("git", ["archive", commit, "packages"], { cwd: root, maxBuffer: 64 * 1024 * 1024 });
  execFileSync("tar", ["-x"], { cwd: folder, input: archive });
  const installed = join(root, "node_modules");
  const here = join(folder, "node_modules");
  mkdirSync(join(here, "@caravela"), { recursive: true });
  for (const name of readdirSync(installed))
    if (name !== "@caravela") symlinkSync(join(installed, name), join(here, name));
  for (const path of globSync("packages/*", { cwd: folder }))
    symlinkSync(join(folder, path), join(here, "@caravela", path.replace("packages/", "")));
  // by the name that the condition had in it
  const build = ["--conditions=source", join("packages", "web", "build.ts")];
  execFileSync(process.execPath, build, { cwd: folder, stdio: "ignore" });
}

/**
 * Starts a server of this version, as it is in production, beside a released one's programs: on their database, which
 * it does not migrate, and with their gateway.
 */
export function startBeside({ apiKey, sibsBaseUrl }: Programs, databaseUrl: string): Promise<RunningServer> {
  return startServer({
    databaseUrl,
    migrates: false,
    host: "127.0.0.1",
    port: 0,
    publicUrl: null,
    shop: shopCalled("Loja do Cais"),
    limits: {},
    requiresCustomer: true,
    apiKey: new Secret(apiKey),
    eventsKeptDays: 90,
    metricsToken: null,
    sibsBaseUrl,
    sibsMandatesBaseUrl: sibsBaseUrl,
    credentials: null,
    methods: ["mbway", "multibanco"],
    cardLimits: { perPayment: 0, perAddress: 0, perTerminal: 0 },
    trustedProxies: [],
    eventNetworks: "all",
    timeOutUnasked: false,
    testClock: true,
    logLevel: "silent",
  });
}

/**
 * What can be done with a released version's programs; by another server that runs beside theirs, where its address is
 * given.
 */
export function playOn({ api, sandbox, apiKey }: Programs, url?: string): Play {
  if (url === undefined) return { api, sandbox, events: [] };
  const call = jsonCaller();
  return {
    sandbox,
    events: [],
    api: (method, path, body) =>
      call(url + path, method, body, {
        authorization: `Bearer ${apiKey}`,
        ...(method === "POST" && { "idempotency-key": crypto.randomUUID() }),
      }),
  };
}

/**
 * A payment from its creation to the press on the phone; its id is added to those that were made.
 * @throws Error when any of it is refused
 */
export async function payAt(server: Play, phone: string, made: string[]): Promise<void> {
  const id = await createPayment(server);
  const asked = await askPhone(server, id, phone);
  if (asked.status !== 201) throw new Error(`not asked: ${JSON.stringify(asked.body)}`);
  await approve(server, phone);
  made.push(id);
}
