import { createHmac } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { beforeAll, describe, expect, it } from "vitest";
import { DESCRIBED_EVENTS } from "../../packages/server/src/events/described.ts";
import { EVENT_TYPES } from "../../packages/server/src/events/types.ts";
import { type Interpreter, javascript, type Outcome, php, python } from "./interpreters.ts";
import { sectionsOf } from "./sections.ts";

const text = readFileSync(join(import.meta.dirname, "..", "..", "docs", "events.md"), "utf8");

/** The samples of a language that the document shows. */
function samplesIn(language: string): string[] {
  return [...text.matchAll(new RegExp(`^\`\`\`${language}\n(.*?)^\`\`\``, "gms"))].map(([, code = ""]) => code);
}

const KEY = Buffer.from("thirty-two characters of secret!");
const SECRET = `whsec_${KEY.toString("base64")}`;
const EVENT = { id: "evt_1", type: "payment.paid", data: { payment: { reference: "canecas ☕" } } };
const BODY = JSON.stringify(EVENT);
const NOW = String(Math.floor(Date.now() / 1000));

function signatureOf(body: string, at: string, { id = "evt_1", key = KEY } = {}): string {
  return `v1,${createHmac("sha256", key).update(`${id}.${at}.${body}`).digest("base64")}`;
}

/** The headers of an event that was signed as it should be. */
function signed(body = BODY, at = NOW, key = KEY) {
  return { "webhook-id": "evt_1", "webhook-timestamp": at, "webhook-signature": signatureOf(body, at, { key }) };
}

const { "webhook-id": _id, ...withoutId } = signed();
const { "webhook-timestamp": _at, ...withoutTimestamp } = signed();
const { "webhook-signature": ours, ...withoutSignature } = signed();
const otherHeader = (name: string, value: unknown) => ({ ...signed(), [name]: value });
const ago = (seconds: number) => String(Number(NOW) - seconds);

type Call = readonly [what: string, body: unknown, headers: unknown, secret: unknown];

const GENUINE: readonly Call[] = [
  ["an event", BODY, signed(), SECRET],
  ["names as getallheaders() of PHP writes them", BODY, capitalised(signed()), SECRET],
  ["names in capitals", BODY, upper(signed()), SECRET],
  ["other headers beside", BODY, { Host: "shop.example", ...signed(), Accept: "*/*" }, SECRET],
  ["another signature before", BODY, otherHeader("webhook-signature", `v1,${"A".repeat(43)}= ${ours}`), SECRET],
  [
    "a garbled one before, of another version behind",
    BODY,
    otherHeader("webhook-signature", `é v1 ${ours} v1a,x`),
    SECRET,
  ],
  ["a time four minutes ago", BODY, signed(BODY, ago(240)), SECRET],
  ["a time four minutes ahead", BODY, signed(BODY, ago(-240)), SECRET],
];

const NOT_OURS: readonly Call[] = [
  ["a changed body", BODY.replace("paid", "fake"), signed(), SECRET],
  ["another id", BODY, otherHeader("webhook-id", "evt_2"), SECRET],
  ["another time", BODY, otherHeader("webhook-timestamp", ago(1)), SECRET],
  ["what is replayed ten minutes later", BODY, signed(BODY, ago(600)), SECRET],
  ["a time ten minutes ahead", BODY, signed(BODY, ago(-600)), SECRET],
  ["another secret", BODY, signed(BODY, NOW, Buffer.from("thirty-two characters of others!")), SECRET],
  ["no headers", BODY, {}, SECRET],
  ["an empty list for headers", BODY, [], SECRET],
  ["nothing for headers", BODY, null, SECRET],
  ["false for headers", BODY, false, SECRET],
  ["a text for headers", BODY, "webhook-id: evt_1", SECRET],
  ["no id", BODY, withoutId, SECRET],
  ["no timestamp", BODY, withoutTimestamp, SECRET],
  ["no signature", BODY, withoutSignature, SECRET],
  ...["webhook-id", "webhook-timestamp", "webhook-signature"].flatMap((name): Call[] =>
    [null, "", 1, [], { a: 1 }, "é", "\u0000"].map((value) => [
      `${name} ${JSON.stringify(value)}`,
      BODY,
      otherHeader(name, value),
      SECRET,
    ]),
  ),
  ...[
    "v1,",
    "v1",
    ",",
    " ",
    "v1,====",
    "v1,%%%",
    "v2,AAAA",
    `v1a,${ours.slice(3)}`,
    ours.slice(3),
    ours.slice(0, -2),
    `${ours}A`,
  ].map((value): Call => [`the signature ${value}`, BODY, otherHeader("webhook-signature", value), SECRET]),
  ...["soon", "", " ", "NaN", "-1", "1e3", "0x10", "9".repeat(400), "99999999999999", "٣", "null"].map(
    (at): Call => [`the time ${JSON.stringify(at.slice(0, 20))}, signed so`, BODY, signed(BODY, at), SECRET],
  ),
  ["an empty body", "", signed(), SECRET],
  ["an empty body, signed so", "", signed(""), SECRET],
  ["what is no JSON, signed so", "payment.paid", signed("payment.paid"), SECRET],
  ["no body", null, signed(), SECRET],
  ["false for a body", false, signed(), SECRET],
  ["an empty secret", BODY, signed(BODY, NOW, Buffer.alloc(0)), ""],
  ["nothing for a secret", BODY, signed(BODY, NOW, Buffer.alloc(0)), null],
  ["a secret without a key", BODY, signed(BODY, NOW, Buffer.alloc(0)), "whsec_"],
  ["a garbled secret", BODY, signed(BODY, NOW, Buffer.alloc(0)), "whsec_%%%"],
  ["a secret that is garbled at its end", BODY, signed(), `${SECRET}%`],
  ["a secret without whsec_", BODY, signed(), SECRET.replace("whsec_", "")],
  ...[`${NOW}.5`, ` ${NOW}`, `+${NOW}`, `${NOW}\n`, `${NOW}_0`, `${NOW}s`].map(
    (at): Call => [`the time ${JSON.stringify(at)}, signed so`, BODY, signed(BODY, at), SECRET],
  ),
  ...["5", "null", "true", '"text"'].map(
    (body): Call => [`${body} for an event, signed so`, body, signed(body), SECRET],
  ),
];

/** What only our samples by hand are strict about; the client is forgiving where it does no harm. */
const NOT_OURS_BY_HAND: readonly Call[] = [
  [
    "headers of lists",
    BODY,
    Object.fromEntries(Object.entries(signed()).map(([name, value]) => [name, [value]])),
    SECRET,
  ],
];

function capitalised(headers: Record<string, string>): Record<string, string> {
  const name = (small: string) => small.replace(/(^|-)[a-z]/g, (letter) => letter.toUpperCase());
  return Object.fromEntries(Object.entries(headers).map(([small, value]) => [name(small), value]));
}

function upper(headers: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([small, value]) => [small.toUpperCase(), value]));
}

/**
 * The client's sample names it as a program does that has it installed; a module of a text has no folder to look in.
 */
function withTheClient(code: string): string {
  const path = join(import.meta.dirname, "..", "..", "packages", "client", "src", "index.ts");
  return code.replace('"@caravela/client"', JSON.stringify(pathToFileURL(path).href));
}

const [client = "", byHand = ""] = samplesIn("js");
const SAMPLES: readonly [string, readonly Call[], () => Promise<Interpreter>][] = [
  ["JavaScript, with the client", [], () => javascript(withTheClient(client), "verified")],
  ["JavaScript", NOT_OURS_BY_HAND, () => javascript(byHand, "verified")],
  ["Python", NOT_OURS_BY_HAND, () => python(samplesIn("python").join(""), "verified")],
  ["PHP", NOT_OURS_BY_HAND, () => php(samplesIn("php").join(""), "verified")],
];

describe("docs/events.md", () => {
  it("has an entry for every type of event, and none for a type that there is not", () => {
    const sections = sectionsOf(text, 3);
    expect([...sections.keys()].sort()).toEqual([...EVENT_TYPES].sort());
    for (const [type, [when = ""]] of sections) expect(when.length, type).toBeGreaterThan(30);
  });

  it("says of each type what the API's description says of it", () => {
    const sections = sectionsOf(text, 3);
    for (const { type, summary } of DESCRIBED_EVENTS) {
      const [when = ""] = sections.get(type) ?? [];
      const begins = when.replace(/\[([^\]]+)\]\([^)]*\)/g, "$1").slice(0, summary.length);
      expect(begins, type).toBe(summary);
    }
  });

  describe.each(SAMPLES)("its sample in %s", (_language, besides, open) => {
    let run: (calls: readonly Call[]) => Promise<(readonly [string, Outcome])[]>;
    beforeAll(async () => {
      const interpreter = await open();
      run = async (calls) => {
        const outcomes = await interpreter(calls.map(([, ...given]) => given));
        return calls.map(([what], index) => [what, outcomes[index] ?? { threw: "nothing came back" }]);
      };
    }, 180_000);

    it("gives the event that is ours", async () => {
      expect(await run(GENUINE)).toEqual(GENUINE.map(([what]) => [what, { result: EVENT }]));
    });

    it("says of whatever else comes that it is not ours, and throws nothing", async () => {
      const others = [...NOT_OURS, ...besides];
      expect(await run(others)).toEqual(others.map(([what]) => [what, { result: null }]));
    });
  });
});
