import type { Kind } from "../request.ts";
import type { Things } from "../world/things.ts";
import type { World } from "../world/world.ts";
import { ApiSurface } from "./api.ts";
import { type Crawled, crawl } from "./crawl.ts";
import { type Document, readDocument } from "./document.ts";
import { GatewaySurface } from "./gateway.ts";
import { Living } from "./living.ts";
import { NotificationsSurface } from "./notifications.ts";
import { PagesSurface } from "./pages.ts";
import { SandboxSurface } from "./sandbox.ts";
import { type Makings, mangled, type Surface } from "./surface.ts";

/** Worlds with the same things in them have the same pages and the same description. */
const crawled = new WeakMap<Things, Promise<Crawled>>();
let document: Promise<Document> | undefined;

/** Opens a surface of a world, for the inputs of one batch. */
export async function openSurface(kind: Kind, world: World, makings: Makings): Promise<Surface> {
  // what is no whole request may be carried out after all, and whatever comes then is of nobody
  return kind === "wire" ? wireOf(world, makings) : new Living(await surfaceOf(kind, world, makings), makings);
}

async function wireOf(world: World, makings: Makings): Promise<Surface> {
  const kinds = ["api", "pages", "notifications", "gateway"] as const;
  const surfaces = await Promise.all(kinds.map((kind) => surfaceOf(kind, world, makings)));
  return { next: (label) => mangled(makings.dice.pick(surfaces).next(label), makings) };
}

async function surfaceOf(kind: Exclude<Kind, "wire">, world: World, makings: Makings): Promise<Surface> {
  switch (kind) {
    case "api": {
      document ??= readDocument(world.server.url);
      return new ApiSurface(await document, makings, world.chances[0]);
    }
    case "pages": {
      const found = crawled.get(world.things) ?? crawl(world, world.things);
      crawled.set(world.things, found);
      return new PagesSurface(await found, makings);
    }
    case "notifications":
      return new NotificationsSurface(makings);
    case "gateway":
      return new GatewaySurface(makings);
    case "sandbox":
      return new SandboxSurface(makings);
  }
}
