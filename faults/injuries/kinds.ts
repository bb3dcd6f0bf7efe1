import {
  databaseFrozen,
  databaseKilled,
  databaseShutDown,
  diskFull,
  rowsLocked,
  sessionKilled,
  sessionsTaken,
  sessionsTerminated,
  tableLocked,
} from "./database.ts";
import type { Kind } from "./injury.ts";
import { lineCut, lineForgotten, lineRefused, lineSilent, lineSilentOneWay, lineSlow } from "./lines.ts";
import {
  everythingKilled,
  gatewayFrozen,
  gatewayKilled,
  serverFrozen,
  serverFrozenLong,
  serverKilled,
  serverRestarted,
} from "./programs.ts";
import { sibsInBadWeather } from "./sibs.ts";

/** How it is called that both servers and the gateway go over from the release before, one after the other. */
export const UPGRADE = "rolling upgrade from the release before";

/** Each kind of injury, by the name that the report has for it. */
export const KINDS = {
  "kill -9 of a server": serverKilled,
  "kill -9 of the gateway": gatewayKilled,
  "kill -9 of PostgreSQL": databaseKilled,
  "kill -9 of one session of PostgreSQL": sessionKilled,
  "kill -9 of everything at once": everythingKilled,
  "fast shutdown of PostgreSQL": databaseShutDown,
  "restart of a server in order": serverRestarted,
  "a server frozen": serverFrozen,
  "a server frozen beyond its leases": serverFrozenLong,
  "the gateway frozen": gatewayFrozen,
  "PostgreSQL frozen": databaseFrozen,
  "connections cut": lineCut,
  "silence without reset": lineSilent,
  "silence in one direction": lineSilentOneWay,
  "silence, and connections forgotten": lineForgotten,
  "connections refused": lineRefused,
  "a slow line": lineSlow,
  "sessions terminated": sessionsTerminated,
  "all sessions taken by others": sessionsTaken,
  "PostgreSQL's disk full": diskFull,
  "rows locked by others": rowsLocked,
  "a table locked by others": tableLocked,
  "SIBS in bad weather": sibsInBadWeather,
} as const satisfies Readonly<Record<string, Kind>>;

export type KindName = keyof typeof KINDS | typeof UPGRADE;
