import { createHash } from "node:crypto";
import { appendFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { faults } from "../support/actions.ts";
import { apiPaths } from "../support/card-paths.ts";
import { codesNamed, TraceSearch, tracesOfCode, tracesOfNumber, tracesOfPhone } from "../support/card-traces.ts";
import { pagePaths } from "../support/page-paths.ts";
import { ALL_CARDS, VISA } from "../support/test-cards.ts";
import { type Evidence, setWatchedStage, type WatchedStage } from "../support/watched-stage.ts";

const codes = [...new Set(ALL_CARDS.map(({ code }) => code))];
const search = new TraceSearch([
  ...ALL_CARDS.flatMap(({ number }) => tracesOfNumber(number)),
  ...codes.flatMap(tracesOfCode),
]);

/** Phones on the stage, and one in a statement that fails. */
const PHONES = ["919999999", "916543210"];
const phones = new TraceSearch(PHONES.flatMap(tracesOfPhone));

/** What is found of any phone in PostgreSQL's own log. */
function phonesInLog(evidence: readonly Evidence[]): string[] {
  const logs = evidence.filter(({ where }) => where === "file data/postgres.log");
  expect(logs).toHaveLength(1);
  return logs.flatMap(({ bytes }) => phones.find(bytes));
}

/**
 * What is found of any card, and where: raw files are searched for numbers and digests, all else for codes beside their
 * names too.
 */
function leaks(evidence: readonly Evidence[]): string[] {
  return evidence.flatMap(({ where, bytes }) => {
    const named = where.startsWith("file data") ? [] : codesNamed(bytes.toString("utf8"), codes);
    return [...search.find(bytes), ...named].map((what) => `${where}: ${what}`);
  });
}

describe("card data", () => {
  let stage: WatchedStage;
  beforeAll(async () => {
    stage = await setWatchedStage({
      CARAVELA_CARD_TRIES_PER_PAYMENT: "4",
      CARAVELA_CARD_TRIES_PER_ADDRESS: "0",
      CARAVELA_CARD_TRIES_PER_TERMINAL: "0",
    });
  });
  /** Whatever became of the one before, the next finds all working. */
  afterEach(async () => {
    stage.line.release();
    for (const program of [stage.gateway, stage.server]) if (!program.isRunning) await program.start();
    await faults(stage, {});
  });
  afterAll(() => stage.close());

  it.each([...apiPaths, ...pagePaths])("passes through: $name", ({ go }) => go(stage), 60_000);

  it("is nowhere that the servers wrote or sent anything, but to the gateway", async () => {
    for (const { go } of apiPaths.slice(0, 1)) await go(stage);
    await stage.fetch(`${stage.serverUrl}/metrics`);
    const evidence = await stage.evidence();
    expect(leaks(evidence)).toEqual([]);

    // and the search looked where things are
    const all = (part: string) =>
      Buffer.concat(evidence.filter(({ where }) => where.includes(part)).map(({ bytes }) => bytes)).toString("latin1");
    expect(all("server.log")).toContain('"level":10');
    expect(all("gateway.log")).toContain('"msg":"answered"');
    for (const place of ["table caravela.", "table sibs_gateway.", "file data/postgres/base", "pg_wal", "event "]) {
      expect(all(place), place).toContain(VISA.number.slice(-4));
    }
    expect(all("answer to GET /metrics")).toContain("# HELP");
  }, 60_000);

  it("nor is a customer's phone in PostgreSQL's log, though a statement fails that has it", async () => {
    for (const phone of PHONES) {
      await stage.api("POST", "/v1/payments", { amount: 550, currency: "EUR", reference: "r", customer: { phone } });
      await expect(stage.pool.query("select $1::text::boolean", [phone])).rejects.toThrow(phone);
      await expect(stage.pool.query(`select '${phone}'::boolean`)).rejects.toThrow(phone);
    }
    expect(phonesInLog(await stage.evidence())).toEqual([]);
  }, 60_000);

  it("is found when it leaks: in a log, in a table, in a digest", async () => {
    const digest = createHash("sha256").update(VISA.number).digest();
    appendFileSync(join(stage.logs, "server.log"), `{"level":10,"msg":"card 4539 7318 2604 9589"}\n`);
    appendFileSync(join(stage.logs, "gateway.log"), `{"card":{"secureCode":"${VISA.code}"}}\n`);
    appendFileSync(join(stage.logs, "..", "data", "postgres.log"), `ERROR:  invalid input: "351#${PHONES[0]}"\n`);
    expect(phonesInLog(await stage.evidence())).toEqual([`phone ${PHONES[0]}`]);
    await stage.pool.query("create table leak (number text, code text, digest bytea)");
    await stage.pool.query("insert into leak values ($1, $2, $3)", [VISA.number, VISA.code, digest]);
    const found = leaks(await stage.evidence());
    for (const [where, what] of [
      ["file logs/server.log", "with spaces"],
      ["file logs/gateway.log", `Code":"${VISA.code}`],
      ["table caravela.leak", "plain"],
      ["table caravela.leak", `code": "${VISA.code}`],
      ["table caravela.leak", "sha256"],
      ["file data/postgres/pg_wal", "plain"],
      ["file data/postgres/base", "sha256"],
    ] as const) {
      expect(
        found.some((one) => one.startsWith(where) && one.includes(what)),
        `${where}: ${what}`,
      ).toBe(true);
    }
  }, 60_000);
});
