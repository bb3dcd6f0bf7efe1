/**
 * The rooms of the server, floor by floor from the ground up: a room uses what stands below it, never its neighbours
 * nor what is above. Whoever adds a room says here on which floor it stands.
 */
const FLOORS: readonly (readonly string[])[] = [
  ["domain", "shop"],
  ["domain/methods", "domain/plan", "embedding.ts"],
  ["domain/payment", "domain/mandate"],
  ["given.ts", "terminals.ts"],
  ["sibs", "storage", "terminal-settings.ts"],
  ["inquiries", "terminals-file.ts"],
  ["attempts"],
  ["http"],
  ["audit"],
  ["payments", "mandates", "cards", "api-keys", "colleagues"],
  ["operations", "plans", "events", "notifications", "journal"],
  ["tasks", "reports", "watch"],
  ["pages", "work", "customers", "settings.ts"],
  ["dashboard"],
  ["demonstration-terminal.ts", "assemble.ts"],
  ["routes.ts"],
];

/**
 * What is a client of `/v1` in the same process, and what it shares of the rooms below with other pages: whatever it
 * shows and does, it asks `/v1` for.
 */
const CLIENTS: Readonly<Record<string, readonly string[]>> = { dashboard: ["http", "pages"] };

const HTTP = floorOf("http");

/** What reads requests, refuses and answers them. */
const OF_HTTP = /^fastify$|^@fastify\/|^@caravela\/platform\/(http|problems|refused|own-requests)$/;

/** Why one room of the server may not use another; undefined: it may. */
export function whyNotRoom(from: string, to: string): string | undefined {
  if (from === to || from === "main.ts" || (from === "published.ts" && to === "main.ts")) return undefined;
  const without = [from, to].find((room) => floorOf(room) < 0);
  if (without !== undefined) return `${without} has no floor yet: give it one in scripts/arrows/floors.ts`;
  const shared = CLIENTS[from];
  if (shared !== undefined && !shared.includes(to))
    return `${from} is a client of /v1: it asks for that by dashboard/ask.ts, as any browser could`;
  return floorOf(to) < floorOf(from) ? undefined : `${to} does not stand below ${from} (scripts/arrows/floors.ts)`;
}

/** Why a room of the server may not use a package; undefined: it may. */
export function whyNotHttp(room: string, name: string): string | undefined {
  const isBelow = floorOf(room) >= 0 && floorOf(room) < HTTP;
  return isBelow && OF_HTTP.test(name)
    ? "below http/ nobody knows of HTTP: what went wrong is a value, or an error of the room's own"
    : undefined;
}

/** Why a room that is a client of `/v1` may not use a package; undefined: it may. */
export function whyNotClient(room: string, name: string): string | undefined {
  return CLIENTS[room] !== undefined && name.startsWith("@caravela/platform/postgres")
    ? `${room} is a client of /v1, and knows no database`
    : undefined;
}

function floorOf(room: string): number {
  return FLOORS.findIndex((rooms) => rooms.includes(room));
}
