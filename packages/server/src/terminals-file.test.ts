import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readServerSettings } from "./settings.ts";

const SECRET = Buffer.alloc(32, 3).toString("base64");
const ENV = {
  DATABASE_URL: "postgres://127.0.0.1/caravela",
  CARAVELA_API_KEY: "sk_test_of_terminals",
  A_CLIENT: "client-a",
  A_TOKEN: "02token-of-a",
  A_SECRET: SECRET,
};
const A = {
  id: "52221",
  merchantName: "Loja do Cais",
  clientId: { env: "A_CLIENT" },
  token: { env: "A_TOKEN" },
  webhookSecrets: [{ env: "A_SECRET" }],
  entity: "24000",
};

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "caravela-terminals-"));
  writeFileSync(join(folder, "token"), "02token-in-a-file\n");
});
afterAll(() => rmSync(folder, { recursive: true }));

/** Reads a file of terminals, as its members or as its text. */
function read(content: object | string, env: Record<string, string> = {}) {
  const path = join(folder, "terminals.json");
  writeFileSync(path, typeof content === "string" ? content : JSON.stringify(content));
  return readServerSettings({ ...ENV, CARAVELA_TERMINALS: path, ...env }).terminals ?? [];
}

/** What is said of a file that cannot work, line by line. */
function faults(content: object | string, env: Record<string, string> = {}): string[] {
  try {
    read(content, env);
  } catch (error) {
    return (error as Error).message.split("\n");
  }
  return [];
}

describe("the file of terminals", () => {
  it("names each, and where its credentials are", () => {
    const b = { ...A, id: "600001", token: { file: "token" }, methods: ["card"], merchantContact: "b@example.pt" };
    const limited = {
      ...b,
      limits: { mbway: { least: 50, most: 75_000 }, card: { least: 100 } },
      requiresCustomer: false,
      shopOrigins: ["https://loja.example.pt"],
      embeddedCards: true,
    };
    const [first, second] = read(`\ufeff${JSON.stringify({ terminals: [A, limited] })}`);
    expect(first).toMatchObject({
      id: "52221",
      shop: { name: "Loja do Cais", contact: null },
      clientId: "client-a",
      entity: "24000",
      methods: ["mbway", "multibanco", "card"],
      limits: {},
      requiresCustomer: true,
      embedding: { origins: [], cards: false },
    });
    const limits = { mbway: { least: 50, most: 75_000 }, card: { least: 100, most: null } };
    const embedding = { origins: ["https://loja.example.pt"], cards: true };
    expect(second).toMatchObject({ limits, requiresCustomer: false, embedding });
    expect([first?.token.reveal(), second?.token.reveal()]).toEqual(["02token-of-a", "02token-in-a-file"]);
    expect(second).toMatchObject({ id: "600001", methods: ["card"], shop: { contact: "b@example.pt" } });
    expect(second?.webhookSecrets.map((secret) => secret.reveal())).toEqual([SECRET]);
  });

  it("says of each shop what the settings say of the one: its pictures lie beside the file", () => {
    writeFileSync(join(folder, "cais.svg"), '<svg xmlns="http://www.w3.org/2000/svg"/>');
    const cais = {
      ...A,
      merchantLogo: "cais.svg",
      merchantFavicon: "cais.svg",
      merchantColour: "#7a1f3d",
      merchantTermsUrl: "https://cais.example.pt/termos",
      merchantPrivacyUrl: null,
      merchantComplaintsUrl: "",
      merchantTaxNumber: 123_456_789,
      merchantInApp: "CAIS LDA",
    };
    const [first, second] = read({ terminals: [cais, { ...A, id: "600001" }] });
    const picture = { type: "image/svg+xml" };
    expect(first).toMatchObject({
      shop: {
        logo: picture,
        icon: picture,
        colour: { type: "text/css; charset=utf-8" },
        terms: "https://cais.example.pt/termos",
        privacy: null,
        complaints: null,
        taxNumber: "123456789",
        inApp: "CAIS LDA",
      },
    });
    expect(second).toMatchObject({ shop: { logo: null, colour: null, taxNumber: null } });
    const wrong = { ...cais, merchantLogo: "nowhere.svg", merchantColour: "#ffd400", merchantTaxNumber: 1 };
    expect(faults({ terminals: [A, wrong] })).toEqual(
      ["terminals[1].merchantLogo cannot work", "terminals[1].merchantColour cannot", "terminals[1].merchantTaxNumber"]
        .map((start) => expect.stringContaining(start))
        .concat([expect.stringContaining("terminals[1].id is that of terminals[0]")]),
    );
  });

  it("is not there beside settings that say the same of one terminal", () => {
    const beside = {
      SIBS_TERMINAL_ID: "52221",
      SIBS_METHODS: "card",
      SIBS_METHOD_LIMITS: "card=100-",
      SIBS_REQUIRES_CUSTOMER: "0",
      CARAVELA_SHOP_ORIGINS: "https://loja.example.pt",
      CARAVELA_EMBEDDED_CARDS: "1",
      CARAVELA_MERCHANT_NAME: "Loja",
      CARAVELA_MERCHANT_COLOUR: "#7a1f3d",
    };
    expect(faults({ terminals: [A] }, beside)).toEqual([
      `CARAVELA_TERMINALS and ${Object.keys(beside).join(", ")} are set: say all of it in the file, and leave the others unset.`,
    ]);
  });

  it.each([
    ["one that is not there", null, /this file cannot be read \(ENOENT\)\.$/],
    ["no JSON", "{ secret-of-somebody", /this file is no JSON\.$/],
    ["a list", [], /must be \{"terminals": \[…\]\}/],
    ["nobody", { terminals: [] }, /one terminal or more/],
    ["something beside", { terminals: [A], others: [] }, /beside "terminals" nothing has a place.*others/],
  ])("cannot be %s", (_what, content, says) => {
    const path = content === null ? { CARAVELA_TERMINALS: join(folder, "nowhere.json") } : {};
    expect(faults(content ?? {}, path)).toEqual([expect.stringMatching(says)]);
  });

  it("is told all that is wrong at once, each by where it stands, and nothing of a secret", () => {
    const wrong = {
      id: "052221",
      merchantName: "two\nlines",
      merchantContact: 7,
      clientId: "client-in-the-file",
      token: "02secret-in-the-file",
      webhookSecrets: [{ env: "A_TOKEN" }, "secret-in-the-file", { env: "NOT_SET" }],
      entity: "abc",
      methods: ["gold"],
      limits: { mbway: { least: 9, most: 5 }, gold: { most: 5 }, card: { most: "5" }, multibanco: {} },
      requiresCustomer: "no",
      shopOrigins: ["https://loja.example.pt", "http://loja.example.pt"],
      embeddedCards: 1,
      tokn: {},
    };
    const noCredentials = {
      ...A,
      clientId: { env: "client-in-the-file" },
      token: { file: "secret-in-the-file" },
      webhookSecrets: [],
    };
    const said = faults({ terminals: [wrong, noCredentials, A, "text"] });
    const starts = [
      "terminals[0].tokn is no member",
      "terminals[0].id cannot work",
      "terminals[0].merchantName cannot work",
      "terminals[0].merchantContact must be text",
      'terminals[0].clientId must be {"env"',
      'terminals[0].token must be {"env"',
      "terminals[0].webhookSecrets[0] of A_TOKEN cannot work",
      'terminals[0].webhookSecrets[1] must be {"env"',
      "terminals[0].webhookSecrets[2] names NOT_SET, which is not set",
      "terminals[0].entity cannot work",
      "terminals[0].methods cannot work",
      "terminals[0].limits.mbway cannot work",
      "terminals[0].limits.gold cannot work",
      "terminals[0].limits.card cannot work",
      "terminals[0].limits.multibanco cannot work",
      "terminals[0].requiresCustomer must be true or false",
      'terminals[0].shopOrigins cannot work: "http://loja.example.pt" must begin with https://',
      "terminals[0].embeddedCards must be true or false",
      "terminals[1].clientId names a variable, which is not set",
      `terminals[1].token names a file that cannot be read (ENOENT): a relative path begins in ${folder}`,
      "terminals[1].webhookSecrets must be a list",
      "terminals[3] must be an object",
    ];
    for (const [number, start] of starts.entries()) expect(said[number]).toContain(`CARAVELA_TERMINALS: ${start}`);
    expect(said.join("\n")).toContain("terminals[2].id is that of terminals[1]");
    expect(said.join("\n")).not.toMatch(/in-the-file|02token/);
  });

  it("is in no message by what may be a secret in the wrong place, and a name that every object has is no variable", () => {
    const secret = "ABCDEF0123456789SECRET";
    const inline = JSON.stringify({ terminals: [{ ...A, token: secret }] });
    expect(faults({}, { CARAVELA_TERMINALS: inline })).toEqual([
      "CARAVELA_TERMINALS is no path: put what it is into a file, and name that file here.",
    ]);
    const members = { ...A, [secret]: 1, "two\nlines": 1, [`${secret}.member`]: 1, merchant_name: 1 };
    const said = faults({ terminals: [members], [secret]: 1, terminal: 1 });
    expect(said).toEqual([
      expect.stringContaining('nothing has a place in this file, but there is "terminal", and others'),
      expect.stringMatching(/^CARAVELA_TERMINALS: terminals\[0\] has a member that there is not: /),
      expect.stringContaining("terminals[0].merchant_name is no member"),
    ]);
    for (const name of [secret, "constructor", "toString", "__proto__"])
      expect(faults({ terminals: [{ ...A, token: { env: name } }] })).toEqual([
        "CARAVELA_TERMINALS: terminals[0].token names a variable, which is not set.",
      ]);
    const named = { env: "TERMINAL_600001_TOKEN2" };
    expect(faults({ terminals: [{ ...A, token: named }] })).toEqual([
      expect.stringContaining("TERMINAL_600001_TOKEN2"),
    ]);
  });

  it("says each member once: of two that stand in one object nobody guesses which was meant", () => {
    const one = JSON.stringify(A);
    const doubled = `{"terminals": [${one.replace("{", '{"id": "1", ')}], "terminals": [${one}]}`;
    expect(faults(doubled)).toEqual([
      "CARAVELA_TERMINALS: terminals[0].id stands more than once: leave one.",
      "CARAVELA_TERMINALS: terminals stands more than once: leave one.",
    ]);
  });

  it("takes a number for a text of digits, an empty contact for none, and says of what is no object no more", () => {
    const loose = { ...A, id: 52221, entity: 24000, merchantContact: " " };
    expect(read({ terminals: [loose] })).toMatchObject([{ id: "52221", entity: "24000", shop: { contact: null } }]);
    expect(faults({ terminals: [A, null, []] })).toEqual(
      [1, 2].map((place) => `CARAVELA_TERMINALS: terminals[${place}] must be an object.`),
    );
    expect(faults({ terminals: [{ ...A, entity: 24.5, id: 1e21 }] })).toHaveLength(2);
  });
});
