import { Buffer } from "node:buffer";
import { fork } from "node:child_process";
import { createHash } from "node:crypto";
import { once } from "node:events";
import { join } from "node:path";
import { inspect } from "node:util";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { cardBody, type Json, type TestGateway, testGateway } from "../../testing/gateway.ts";
import { testCards } from "../domain/card-scenarios.ts";
import type { GatewaySettings, RunningGateway } from "../main.ts";
import { CardInHand } from "./presented-card.ts";

/** No other text has this by chance, and it is right for every card that takes any code. */
const CODE = "7391";

let written = "";
let gateway: TestGateway;
beforeAll(async () => {
  gateway = await testGateway({ logLevel: "trace", start: inProcess });
});
afterAll(() => gateway.close());

/** Starts a gateway whose every output is kept in `written`. */
async function inProcess(settings: GatewaySettings): Promise<RunningGateway> {
  const program = join(import.meta.dirname, "../../testing/gateway-process.ts");
  const child = fork(program, [JSON.stringify(settings)], {
    execArgv: ["--conditions=@caravela/source"],
    silent: true,
  });
  const keep = (chunk: Buffer) => {
    written += chunk;
  };
  child.stdout?.on("data", keep);
  child.stderr?.on("data", keep);
  const [{ url }] = await once(child, "message");
  return {
    url,
    close: async () => {
      child.disconnect();
      await once(child, "exit");
    },
  };
}

/** Every row of every table of the gateway, as text. */
async function dump(): Promise<string> {
  const client = new pg.Client({ connectionString: gateway.databaseUrl });
  await client.connect();
  try {
    const tables = await client.query("select tablename from pg_tables where schemaname = 'sibs_gateway'");
    const rows: string[] = [];
    for (const { tablename } of tables.rows) {
      const found = await client.query(`select t::text as row from sibs_gateway."${tablename}" t`);
      rows.push(...found.rows.map(({ row }) => row));
    }
    return rows.join("\n");
  } finally {
    await client.end();
  }
}

/** The number as it is, in Base64, and what common digests make of it. */
function tracesOf(number: string): string[] {
  const digests = ["md5", "sha1", "sha256", "sha512"].flatMap((name) => {
    const digest = createHash(name).update(number).digest();
    return [digest.toString("hex"), digest.toString("base64")];
  });
  return [
    number,
    number.replace(/(.{4})(?=.)/g, "$1 "),
    Buffer.from(number).toString("base64").slice(0, 20),
    ...digests,
  ];
}

/** What is found of the cards in a text. */
function found(text: string): string[] {
  const numbers = testCards.flatMap(({ number }) => tracesOf(number).filter((trace) => text.includes(trace)));
  const code = new RegExp(`(?<![0-9a-zA-Z.:-])${CODE}(?![0-9a-zA-Z.:-])`).test(text);
  return code ? [...numbers, CODE] : numbers;
}

/** Pays with a card in every way there is, to whatever end. */
async function everyPathOf(number: string, code: string | null): Promise<string> {
  const made = await gateway.cardCheckout({
    more: {
      tokenisation: { tokenisationRequest: { tokeniseCard: true } },
      merchantInitiatedTransaction: { type: "RCRR" },
    },
  });
  const bodies: string[] = [];
  const pay = (body: Json) =>
    gateway
      .spg(`/payments/${made.id}/card/purchase`, { headers: gateway.digest(made.signature), body })
      .catch(() => ({ body: {}, text: "" }));
  const right = cardBody(number, { code: code ?? CODE });
  const { cardInfo } = right;
  for (const wrong of [
    { cardInfo: { ...cardInfo, validationDate: "soon" } },
    { cardInfo: { ...cardInfo, PAN: ` ${number}` } },
    { cardInfo: { ...cardInfo, secureCode: `${CODE}${CODE}` } },
    JSON.stringify(right).slice(0, -1),
  ]) {
    bodies.push((await pay(wrong)).text);
  }
  let answer = await pay(right);
  bodies.push(answer.text, (await pay(right)).text);
  while (answer.body.paymentStatus === "Partial") {
    const action = answer.body.actionResponse;
    await gateway.sandbox(`/challenges/${action.id}/pass`, {});
    answer = await gateway.continueCard(made, action);
    bodies.push(answer.text);
  }
  const token = answer.body.token?.value;
  if (token !== undefined)
    bodies.push((await gateway.payByToken(await gateway.cardCheckout(), token, CODE).catch(() => ({ text: "" }))).text);
  bodies.push((await gateway.charge(made.id, 1)).text, (await gateway.spg(`/payments/${made.id}/status`)).text);
  bodies.push((await gateway.sandbox(`/transactions/${made.id}`)).text);
  return bodies.join("\n");
}

describe("the number and the code of a card", () => {
  it("are in no table, no answer, no notification and no line of the most talkative log, whatever became of the payment", async () => {
    const answers = await Promise.all(
      testCards.filter(({ scenario }) => scenario !== "slow").map(({ number, code }) => everyPathOf(number, code)),
    );
    await gateway.advance(600);
    await gateway.sandbox("/faults", { calls: { "card/purchase": { dropAnswer: 1 } } }, "PUT");
    await everyPathOf("4111111111111111", null).catch(() => undefined);
    await gateway.sandbox("/faults", {}, "PUT");
    const notifications = (await gateway.sandbox("/notifications?limit=100")).text;
    await gateway.restart();
    const tables = await dump();
    expect(tables).toContain("411111");
    expect(written).toContain("card/purchase");
    for (const text of [...answers, notifications, tables, written]) expect(found(text)).toEqual([]);
  });

  it("would be found if they were anywhere: a planted one is", async () => {
    const number = "4176660000000100";
    await gateway.checkout({ merchantTransactionId: number });
    expect(found(await dump())).toContain(number);
    expect(found(`{"digest":"${createHash("sha256").update(number).digest("hex")}"}`)).toHaveLength(1);
    expect(found(`{"secureCode":"${CODE}"}`)).toEqual([CODE]);
  });

  it("print as [card], whatever prints them", () => {
    const card = new CardInHand("4111111111111111", CODE, "2030-12");
    for (const text of [String(card), JSON.stringify({ card }), `${card}`, inspect({ card })]) {
      expect(text).toContain("[card]");
      expect(found(text)).toEqual([]);
    }
    expect(Object.keys(structuredClone(card))).toEqual([]);
  });
});
