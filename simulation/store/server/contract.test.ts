import { describe, expect, it } from "vitest";
import { decisionsAreWritten } from "./contract/decisions.ts";
import { deliveriesAreMade } from "./contract/deliveries.ts";
import { dueRowsAreShared } from "./contract/due.ts";
import { theHouseIsKept } from "./contract/house.ts";
import { whatIsBesideIsKept } from "./contract/kept.ts";
import { keysAreKept } from "./contract/keys.ts";
import { mandatesAreKept } from "./contract/mandates.ts";
import { notificationsAreKept } from "./contract/notifications.ts";
import { aServerStarts } from "./contract/start.ts";
import { serverStatements, serverTexts } from "./index.ts";
import { bothServers } from "./testing/both-servers.ts";
import { DUE_NAMES } from "./testing/due-of-server.ts";

// What the server asks of PostgreSQL, asked of it and of the memory: the same answers, and the same rows in every
// table.

const servers = bothServers();

describe("as a server starts,", () => aServerStarts(servers));
describe("of decisions,", () => decisionsAreWritten(servers));
describe("of keys,", () => keysAreKept(servers));
describe("of mandates,", () => mandatesAreKept(servers));
describe("of notifications,", () => notificationsAreKept(servers));
describe("of events,", () => deliveriesAreMade(servers));
describe("beside payments,", () => whatIsBesideIsKept(servers));
describe("of the house,", () => theHouseIsKept(servers));
describe("of what is due,", () => dueRowsAreShared(servers));

it("every statement that the memory knows was asked for", () => {
  const looked = DUE_NAMES.flatMap((name) =>
    ["claim", "renew", "give-back", "any", "next"].map((does) => `due-${does}-${name}`),
  );
  const known = [...Object.keys(serverStatements), ...Object.keys(serverTexts), ...looked];
  expect(known.filter((name) => !servers.asked.has(name))).toEqual([]);
});
