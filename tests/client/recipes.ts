import { execFile } from "node:child_process";
import { mkdir, readFile, symlink, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import { testFolder } from "@caravela/platform/testing/folder";
import { serve } from "@hono/node-server";
import { Logger } from "@nestjs/common";
import { listen } from "../support/shop.ts";

const root = join(import.meta.dirname, "..", "..");

/** How a shop of TypeScript is set; NestJS wants its decorators. */
const OPTIONS = {
  target: "es2024",
  module: "nodenext",
  types: ["node"],
  strict: true,
  noEmit: true,
  skipLibCheck: true,
  verbatimModuleSyntax: true,
  allowImportingTsExtensions: true,
  experimentalDecorators: true,
  customConditions: ["@caravela/source"],
};

/**
 * Lays the files that docs/shops.md shows into a folder of a shop's own, and what the client's README shows in a file
 * of its own; gives the folder.
 */
export async function layOut(): Promise<string> {
  const guide = await readFile(join(root, "docs", "shops.md"), "utf8");
  const folder = await testFolder();
  for (const [, name = "", code = ""] of guide.matchAll(/^```ts (\S+)\n(.*?)^```/gms)) {
    await mkdir(dirname(join(folder, name)), { recursive: true });
    await writeFile(join(folder, name), code);
  }
  const readme = await readFile(join(root, "packages", "client", "README.md"), "utf8");
  const programs = [...readme.matchAll(/^```ts\n(.*?)^```/gms)].map(([, program = ""]) => program);
  await writeFile(join(folder, "readme.ts"), `${programs.join("")}export { told };\n`);
  await writeFile(join(folder, "package.json"), '{"type":"module"}');
  await writeFile(join(folder, "tsconfig.json"), JSON.stringify({ compilerOptions: OPTIONS, include: ["."] }));
  await symlink(join(root, "node_modules"), join(folder, "node_modules"));
  return folder;
}

/** What the compiler says of a folder. */
export async function compiled(folder: string): Promise<string> {
  const compiler = join(createRequire(import.meta.url).resolve("typescript/package.json"), "../bin/tsc");
  const { stdout } = await promisify(execFile)(process.execPath, [compiler, "-p", folder]).catch((failed) => failed);
  return stdout;
}

/** A shop that listens. */
interface Opened {
  readonly url: string;
  close(): unknown;
}

/** Opens, on any free port, what a folder's recipe for a framework exports. */
export const RECIPES: Readonly<Record<string, (folder: string) => Promise<Opened>>> = {
  Express: async (folder) => {
    const { app } = await import(join(folder, "express.ts"));
    const http = createServer(app);
    return { url: await listen(http), close: () => http.close() };
  },
  Fastify: async (folder) => {
    const { app } = await import(join(folder, "fastify.ts"));
    return { url: await app.listen({ port: 0, host: "127.0.0.1" }), close: () => app.close() };
  },
  Hono: async (folder) => {
    const { app } = await import(join(folder, "hono.ts"));
    return listening(app.fetch);
  },
  "Next.js": async (folder) => {
    const events = await import(join(folder, "app/events/route.ts"));
    const pay = await import(join(folder, "app/orders/[number]/pay/route.ts"));
    return listening((request) => {
      const [, number] = /\/orders\/([^/]+)\/pay$/.exec(request.url) ?? [];
      return number === undefined ? events.POST(request) : pay.POST(request, { params: Promise.resolve({ number }) });
    });
  },
  NestJS: async (folder) => {
    Logger.overrideLogger(false);
    const { app } = await import(join(folder, "nest.ts"));
    await app.listen(0, "127.0.0.1");
    return { url: await app.getUrl(), close: () => app.close() };
  },
};

/** Listens with what answers requests of the web. */
function listening(fetch: (request: Request) => Response | Promise<Response>): Promise<Opened> {
  return new Promise((resolve) => {
    const server = serve({ fetch, port: 0, hostname: "127.0.0.1" }, ({ port }) =>
      resolve({ url: `http://127.0.0.1:${port}`, close: () => server.close() }),
    );
  });
}
