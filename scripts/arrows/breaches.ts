import { posix } from "node:path";
import { findCircles } from "./circles.ts";
import { whyNotClient, whyNotHttp, whyNotRoom } from "./floors.ts";
import { codeMatching, importsOf, type SourceFile } from "./source.ts";

/** A place that breaks a rule of the layout. */
export interface Breach {
  readonly path: string;
  readonly line: number;
  readonly says: string;
}

/**
 * Where a file stands: `packages/server/src/pages/room.ts` is in package `server`, room `pages`; the domain's folders
 * are rooms of their own.
 */
interface Place {
  readonly package: string;
  /** The folder under `src`, or the file's own name where it stands in `src` itself; empty outside of `src`. */
  readonly room: string;
}

/** What each package may import of the others: an exact name, or everything under it. */
const ALLOWED: Readonly<Record<string, readonly RegExp[]>> = {
  sibs: [],
  client: [],
  platform: [],
  development: [/^@caravela\/platform\//],
  web: [/^@caravela\/sibs\/(money|phone|card-data|limits)$/],
  server: [/^@caravela\/platform\//, /^@caravela\/sibs(\/|$)/, /^@caravela\/web\//],
  gateway: [/^@caravela\/platform\//, /^@caravela\/sibs(\/|$)/, /^@caravela\/web\//],
  cli: [
    /^@caravela\/(server|gateway|client)$/,
    /^@caravela\/gateway\/testing$/,
    /^@caravela\/(platform|development)\//,
    /^@caravela\/sibs(\/|$)/,
    /^@caravela\/web\/build$/,
  ],
  shop: [/^@caravela\/client$/],
};

/**
 * What every room of the server may import of the client: words, and what opens a notification. The calls, and what
 * they throw, are the port's.
 */
const OUTSIDE_THE_PORT = /^@caravela\/sibs\/(money|phone|text|card-data|limits|notification)$/;

/** Which language is wished for, and how it writes amounts and days, is no page. */
const IS_OF_PAGES = /^@caravela\/web(?!\/(?:lang|print)$)/;

/** The rooms that show pages. */
const SHOWS_PAGES = new Set(["pages", "networks", "main.ts", "colleagues", "dashboard"]);

/** Time, identifiers and chance are handed in (Clock, Chance, timer of the platform). */
const UNGOVERNED =
  /\bDate\.now\s*\(|\bnew Date\s*\(\s*\)|\brandomUUID\b|\brandomBytes\b|\bMath\.random\b|\bset(?:Timeout|Interval)\s*\(/g;

/**
 * Holds all files against the rules: which way imports point, and that time and chance are handed in. Tests may look
 * anywhere.
 */
export function findBreaches(files: readonly SourceFile[]): Breach[] {
  const judged = files.filter(({ path }) => !/\.test\.tsx?$|\/testing\//.test(path));
  return [...judged.flatMap(importBreaches), ...judged.flatMap(timeBreaches), ...circles(judged)];
}

function importBreaches(file: SourceFile): Breach[] {
  const place = placeOf(file.path);
  return importsOf(file).flatMap(({ line, what }) => {
    const why = what.startsWith(".")
      ? whyNotRelative(place, resolve(file.path, what))
      : whyNotPackage(place, file.path, what);
    return why === undefined ? [] : [{ path: file.path, line, says: `imports ${what}: ${why}` }];
  });
}

function whyNotRelative(from: Place, target: string): string | undefined {
  const to = placeOf(target);
  if (from.room === "" && target.startsWith("tests/support/")) return undefined; // a gallery is looked at by a browser
  if (from.package !== to.package) {
    if (from.package === "cli" && to.package === "shop") return undefined; // `caravela start` shows it
    return "another package is imported by its name";
  }
  if (isServerOrGateway(from) && isOfDomain(from) && !isOfDomain(to)) return "the domain asks nobody";
  if (isServerOrGateway(from) && to.room === "main.ts" && from.room !== "published.ts")
    return "main.ts is imported by nobody in its package: it imports them";
  return isRoomOfServer(from) ? whyNotRoom(from.room, to.room) : undefined;
}

function whyNotPackage(from: Place, path: string, name: string): string | undefined {
  if (isServerOrGateway(from) && isOfDomain(from)) {
    return /^@caravela\/(sibs\/(money|phone|limits)|platform\/lisbon)$/.test(name)
      ? undefined
      : "the domain imports @caravela/sibs/{money,phone,limits} and @caravela/platform/lisbon alone";
  }
  if (from.package === "sibs" && from.room !== "") {
    return name === "typebox" && /schema/.test(path)
      ? undefined
      : "@caravela/sibs depends on nothing (its schemas on typebox)";
  }
  if (from.package === "client" && from.room !== "") return "@caravela/client depends on nothing";
  const ofHttp = isRoomOfServer(from) ? whyNotHttp(from.room, name) : undefined;
  if (ofHttp !== undefined) return ofHttp;
  const ofClients = isRoomOfServer(from) ? whyNotClient(from.room, name) : undefined;
  if (ofClients !== undefined) return ofClients;
  if (!name.startsWith("@caravela/") || name.startsWith(`@caravela/${from.package}/`)) return undefined;
  if (!(ALLOWED[from.package] ?? []).some((allowed) => allowed.test(name)))
    return `${from.package} does not import ${name.split("/").slice(0, 2).join("/")}${hint(from)}`;
  if (
    from.package === "server" &&
    from.room !== "sibs" &&
    /^@caravela\/sibs(\/|$)/.test(name) &&
    !OUTSIDE_THE_PORT.test(name)
  )
    return "only sibs/ speaks to SIBS: the others import its port, which answers with a union and does not throw";
  if (isServerOrGateway(from) && IS_OF_PAGES.test(name) && !SHOWS_PAGES.has(from.room))
    return "only the rooms of pages show pages";
  return undefined;
}

function hint({ package: name }: Place): string {
  if (name === "server" || name === "gateway")
    return ", only platform, sibs and web: server and gateway could be two companies'";
  if (name === "web") return ", only @caravela/sibs/{money,phone,card-data,limits}";
  if (name === "shop") return ", only @caravela/client: it uses the server as a stranger would";
  if (name === "development") return ": it stands on platform alone";
  if (name === "cli") return " there: of server and gateway only their main.ts and the test kit, of web only its build";
  return ": it stands under all others";
}

function timeBreaches(file: SourceFile): Breach[] {
  const place = placeOf(file.path);
  if (!isServerOrGateway(place) || place.room === "main.ts" || place.room === "") return [];
  return codeMatching(file, UNGOVERNED).map(({ line, what }) => ({
    path: file.path,
    line,
    says: `uses ${what.replace(/\s*\(.*/, "")}: time, identifiers and chance are handed in (Clock, Chance and timer of @caravela/platform)`,
  }));
}

/**
 * Rooms of server and of gateway may use each other, and files of one package too, but never in a circle, by values or
 * by types.
 */
function circles(files: readonly SourceFile[]): Breach[] {
  return [
    ...["server", "gateway"].flatMap((name) => circlesAmong(files, name, ({ room }) => room)),
    ...["server", "gateway", "platform", "development", "cli", "web", "sibs", "client"].flatMap((name) =>
      circlesAmong(files, name, (_place, path) => path),
    ),
  ];
}

/** Where files of what stands beside the packages (tests, benches and the like) stand in a circle. */
export function findCirclesBeside(files: readonly SourceFile[]): Breach[] {
  const arrows = files.flatMap((file) =>
    importsOf(file)
      .filter(({ what }) => what.startsWith("."))
      .map(({ what, line }) => ({ from: file.path, to: resolve(file.path, what), path: file.path, line })),
  );
  return breachesOf(arrows, "");
}

/** The circles among what the files of a package belong to. Who stands in `main.ts` is imported by nobody. */
function circlesAmong(
  files: readonly SourceFile[],
  packageName: string,
  nameOf: (place: Place, path: string) => string,
): Breach[] {
  return breachesOf(
    files.flatMap((file) => arrowsOf(file, packageName, nameOf)),
    `packages/${packageName}/src/`,
  );
}

function breachesOf(arrows: readonly Arrow[], folder: string): Breach[] {
  return findCircles(arrows).map((circle) => {
    const back = arrows.find(({ from, to }) => from === circle.at(-2) && to === circle.at(-1));
    return {
      path: back?.path ?? folder,
      line: back?.line ?? 1,
      says: `closes a circle: ${circle.map((name) => name.replace(folder, "")).join(" → ")}`,
    };
  });
}

interface Arrow {
  readonly from: string;
  readonly to: string;
  readonly path: string;
  readonly line: number;
}

function arrowsOf(file: SourceFile, packageName: string, nameOf: (place: Place, path: string) => string): Arrow[] {
  const place = placeOf(file.path);
  if (place.package !== packageName || place.room === "main.ts" || place.room === "") return [];
  return importsOf(file)
    .filter(({ what }) => what.startsWith("."))
    .map(({ what, line }) => {
      const target = resolve(file.path, what);
      return { from: nameOf(place, file.path), to: nameOf(placeOf(target), target), path: file.path, line };
    })
    .filter(({ from, to }) => from !== to);
}

function resolve(path: string, relative: string): string {
  return posix.join(posix.dirname(path), relative);
}

function placeOf(path: string): Place {
  const [, name = "", src, ...rest] = path.split("/");
  const [room = "", inner] = src === "src" ? rest : [];
  const hasRooms = name === "server" && room === "domain" && rest.length > 2;
  return { package: name, room: hasRooms ? `${room}/${inner}` : room };
}

function isRoomOfServer({ package: name, room }: Place): boolean {
  return name === "server" && room !== "";
}

function isOfDomain({ room }: Place): boolean {
  return room === "domain" || room.startsWith("domain/");
}

function isServerOrGateway({ package: name }: Place): boolean {
  return name === "server" || name === "gateway";
}
