/**
 * The rooms of the server, floor by floor from the ground up: a room uses what stands below it, never its neighbours
 * nor what is above. Whoever adds a room says here on which floor it stands.
 */
const FLOORS: readonly (readonly string[])[] = [
  ["domain"],
  ["domain/methods", "domain/plan"],
  ["domain/payment", "domain/mandate"],
  ["given.ts", "terminals.ts"],
  ["sibs", "storage", "terminal-settings.ts"],
  ["inquiries", "terminals-file.ts"],
  ["attempts"],
  ["http"],
  ["payments", "mandates", "cards", "api-keys", "colleagues"],
  ["operations", "plans", "events", "notifications", "journal"],
  ["tasks", "reports"],
  ["pages", "work", "customers", "settings.ts"],
  ["demonstration-terminal.ts", "assemble.ts"],
  ["routes.ts"],
];

const HTTP = floorOf("http");

/** What reads requests, refuses and answers them. */
const OF_HTTP = /^fastify$|^@fastify\/|^@caravela\/platform\/(http|problems|refused|own-requests)$/;

/** Why one room of the server may not use another; undefined: it may. */
export function whyNotRoom(from: string, to: string): string | undefined {
  if (from === to || from === "main.ts") return undefined;
  const without = [from, to].find((room) => floorOf(room) < 0);
  if (without !== undefined) return `${without} has no floor yet: give it one in scripts/arrows/floors.ts`;
  return floorOf(to) < floorOf(from) ? undefined : `${to} does not stand below ${from} (scripts/arrows/floors.ts)`;
}

/** Why a room of the server may not use a package; undefined: it may. */
export function whyNotHttp(room: string, name: string): string | undefined {
  const isBelow = floorOf(room) >= 0 && floorOf(room) < HTTP;
  return isBelow && OF_HTTP.test(name)
    ? "below http/ nobody knows of HTTP: what went wrong is a value, or an error of the room's own"
    : undefined;
}

function floorOf(room: string): number {
  return FLOORS.findIndex((rooms) => rooms.includes(room));
}
