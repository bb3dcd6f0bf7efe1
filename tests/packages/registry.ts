import { execFile } from "node:child_process";
import { once } from "node:events";
import { writeFile } from "node:fs/promises";
import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { promisify } from "node:util";
import { runServer } from "verdaccio";
import { pack, publicPackages } from "./packed.ts";

const run = promisify(execFile);

/** A registry of a test's own, on this machine. */
export interface Registry {
  /** What npm is started with, to ask this registry and no other. */
  readonly env: Readonly<Record<string, string>>;
  close(): Promise<void>;
}

/**
 * Starts a registry that has our packages, packed and published as they are in their folders; whatever else it is asked
 * for it has from the registry that npm is set to.
 */
export async function startRegistry(folder: string): Promise<Registry> {
  const { stdout: usual } = await run("npm", ["config", "get", "registry"]);
  const ours = { access: "$all", publish: "$all" };
  const server: Server = await runServer({
    self_path: folder,
    storage: join(folder, "storage"),
    uplinks: { usual: { url: usual.trim() } },
    packages: { "@caravela/*": ours, caravela: ours, "**": { access: "$all", proxy: "usual" } },
    web: { enable: false },
    log: { type: "stdout", format: "pretty", level: "fatal" },
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  const settings = join(folder, "npmrc");
  // whoever publishes must be somebody; here anybody will do
  await writeFile(settings, `registry=http://${host}/\n//${host}/:_authToken=anybody\naudit=false\nfund=false\n`);
  const env = {
    npm_config_userconfig: settings,
    npm_config_cache: join(folder, "cache"),
    npm_config_loglevel: "error",
  };
  for (const one of publicPackages()) {
    const tarball = await pack(one, folder);
    await run("npm", ["publish", "--access", "public", tarball], { cwd: folder, env: { ...process.env, ...env } });
  }
  return {
    env,
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
}
