import { Secret } from "@caravela/platform/secret";
import { expect, it } from "vitest";
import { knownKey, readServerSettings } from "./settings.ts";

const LOCAL = { DATABASE_URL: "postgres://127.0.0.1/caravela", CARAVELA_API_KEY: "sk_test_of_settings" };
const SIBS = {
  ...LOCAL,
  SIBS_TERMINAL_ID: "52221",
  SIBS_CLIENT_ID: "client",
  SIBS_TOKEN: "token",
  SIBS_ENTITY: "24000",
  SIBS_WEBHOOK_SECRET: Buffer.alloc(32).toString("base64"),
};

it.each([
  ["the local gateway", LOCAL, "http://127.0.0.1:4010/api/v2"],
  ["another address", { ...SIBS, SIBS_BASE_URL: "https://sibs.example/api/v2" }, "https://sibs.example/api/v2"],
  [
    "SIBS's own for tests",
    { ...SIBS, SIBS_BASE_URL: "https://spg.qly.site1.sibs.pt/api/v2/" },
    "https://api.qly.sibspayments.com/sibs/spg/v2",
  ],
  [
    "SIBS's own, however it is spelt",
    { ...SIBS, SIBS_BASE_URL: "https://API.sibspayments.com:443/api/v2/" },
    "https://api.sibspayments.com/sibs/spg/v2",
  ],
  [
    "one that is said",
    { ...LOCAL, SIBS_MANDATES_BASE_URL: "http://127.0.0.1:4010/sibs/spg/v2" },
    "http://127.0.0.1:4010/sibs/spg/v2",
  ],
])("asks for mandates where SIBS has them: %s", (_where, env, expected) => {
  expect(readServerSettings(env).sibsMandatesBaseUrl).toBe(expected);
});

it("changes its schema by itself where SIBS is on this machine, and in front of SIBS only where it is told to", () => {
  expect(readServerSettings(LOCAL).migrates).toBe(true);
  expect(readServerSettings({ ...LOCAL, CARAVELA_MIGRATE: "0" }).migrates).toBe(false);
  const elsewhere = { ...SIBS, SIBS_BASE_URL: "https://sibs.example/api/v2" };
  expect(readServerSettings(elsewhere).migrates).toBe(false);
  expect(readServerSettings({ ...elsewhere, CARAVELA_MIGRATE: "1" }).migrates).toBe(true);
  expect(readServerSettings({ ...elsewhere, CARAVELA_MIGRATE: "alone" }).migrates).toBe("alone");
  expect(() => readServerSettings({ ...LOCAL, CARAVELA_MIGRATE: "yes" })).toThrow(/CARAVELA_MIGRATE.*1, 0, alone/);
});

it("takes how customers reach the merchant in one line, or not at all", () => {
  const contactOf = (text: string) => readServerSettings({ ...LOCAL, CARAVELA_MERCHANT_CONTACT: text }).shop.contact;
  expect(contactOf("")).toBeNull();
  expect(contactOf(" help@example.pt, 222 000 000 ")).toBe("help@example.pt, 222 000 000");
  for (const text of ["a\nb", "x".repeat(101)]) expect(() => contactOf(text)).toThrow(/CARAVELA_MERCHANT_CONTACT/);
});

it("takes the origins of a shop's pages, each by itself, over http on this machine alone", () => {
  const embeddingOf = (text: string, cards = "") =>
    readServerSettings({ ...LOCAL, CARAVELA_SHOP_ORIGINS: text, CARAVELA_EMBEDDED_CARDS: cards }).embedding;
  expect(embeddingOf("")).toEqual({ origins: [], cards: false });
  expect(embeddingOf("https://Loja.example.pt/, http://127.0.0.1:4000,https://loja.example.pt:443", "1")).toEqual({
    origins: ["https://loja.example.pt", "http://127.0.0.1:4000"],
    cards: true,
  });
  for (const text of [
    "loja.example.pt",
    "http://loja.example.pt",
    "https://*.example.pt",
    "*",
    "https://loja.example.pt/shop",
    "https://a;script-src",
    "https://a'b",
    "https://a.pt https://b.pt",
    "http://[::1]:4000",
    "null",
  ])
    expect(() => embeddingOf(text), text).toThrow(/CARAVELA_SHOP_ORIGINS/);
  expect(() => embeddingOf("", "yes")).toThrow(/CARAVELA_EMBEDDED_CARDS/);
});

it("takes what the pages show of the shop, and nothing of it where one thing cannot be shown", () => {
  const said = {
    CARAVELA_MERCHANT_NAME: "Loja do Cais",
    CARAVELA_MERCHANT_COLOUR: "#7a1f3d",
    CARAVELA_MERCHANT_TERMS_URL: "https://cais.example.pt/termos?v=2#fim",
    CARAVELA_MERCHANT_PRIVACY_URL: "https://cais.example.pt/privacidade",
    CARAVELA_MERCHANT_COMPLAINTS_URL: "https://www.livroreclamacoes.pt",
    CARAVELA_MERCHANT_TAX_NUMBER: "PT 123 456 789",
    CARAVELA_MERCHANT_IN_APP: "CAIS LDA",
  };
  expect(readServerSettings({ ...LOCAL, ...said }).shop).toMatchObject({
    name: "Loja do Cais",
    logo: null,
    icon: null,
    colour: { type: "text/css; charset=utf-8" },
    terms: "https://cais.example.pt/termos?v=2#fim",
    privacy: "https://cais.example.pt/privacidade",
    complaints: "https://www.livroreclamacoes.pt/",
    taxNumber: "123456789",
    inApp: "CAIS LDA",
  });
  const wrong = { LOGO: "/nowhere/logo.svg", COLOUR: "#ffd400", TERMS_URL: "termos", TAX_NUMBER: "123456788" };
  const named = Object.entries(wrong).map(([word, value]) => [`CARAVELA_MERCHANT_${word}`, value]);
  expect(() => readServerSettings({ ...LOCAL, ...said, ...Object.fromEntries(named) })).toThrow(
    [
      'CARAVELA_MERCHANT_LOGO is "/nowhere/logo.svg": this file cannot be read (ENOENT).',
      'CARAVELA_MERCHANT_COLOUR is "#ffd400": white letters on it can hardly be read (a contrast of 1.4, and 4.5 is needed): take a darker one, as #8a7200.',
      'CARAVELA_MERCHANT_TERMS_URL is "termos": an address beginning with http:// or https:// is needed.',
      'CARAVELA_MERCHANT_TAX_NUMBER is "123456788": its last digit does not fit the others: a digit of it is wrong, or two have changed places.',
    ].join("\n"),
  );
});

it("takes no address for mandates that is none", () => {
  expect(() => readServerSettings({ ...LOCAL, SIBS_MANDATES_BASE_URL: "sibs" })).toThrow(/SIBS_MANDATES_BASE_URL/);
});

const SECRET = Buffer.alloc(32, 1).toString("base64");

it.each([
  [
    "SIBS_WEBHOOK_SECRET",
    ["nonsense", Buffer.alloc(31).toString("base64"), `nonsense,${SECRET}`, `${SECRET},${SECRET}x`, ",", `"${SECRET}"`],
  ],
  ["SIBS_ENTITY", ["abcde", "2400", "240000"]],
  ["SIBS_TERMINAL_ID", ["abc", "52221 1", "12345678901", "0", "052221"]],
  ["SIBS_TOKEN", ["Bearer 02ab.cd", "two words", "tokén", '"02ab.cd"']],
  ["SIBS_CLIENT_ID", ["a client"]],
  ["SIBS_METHODS", ["MB WAY", "mbway;card", ","]],
  ["SIBS_METHOD_LIMITS", ["mbway", "mbway=-", "gold=1-2", "mbway=9-5", "card=1-2,card=3-4", "mbway=0.50-750"]],
  ["SIBS_REQUIRES_CUSTOMER", ["no"]],
  ["SIBS_BASE_URL", ["sibs.example", "https://sibs.example?x", "https://sibs.example/api/v2/payments"]],
  ["SIBS_MANDATES_BASE_URL", ["https://sibs.example/api/v2/mbway-mandates"]],
  ["CARAVELA_MERCHANT_NAME", ["a\nb", "x".repeat(101), "\u202e"]],
  ["CARAVELA_MERCHANT_IN_APP", ["a\nb", "x".repeat(101)]],
  ["CARAVELA_MERCHANT_PRIVACY_URL", ["javascript:alert(1)", "//cais.example.pt", "https://me:word@cais.example.pt"]],
  ["CARAVELA_MERCHANT_COMPLAINTS_URL", ["livroreclamacoes.pt", "https:/cais.example.pt", "https://a b"]],
  ["CARAVELA_MERCHANT_FAVICON", ["/nowhere/icon.png", "/"]],
  ["CARAVELA_PUBLIC_URL", ["https://shop.example.pt/pay", "pay.example.pt"]],
  ["CARAVELA_LOG_LEVEL", ["verbose", "INFO"]],
  ["CARAVELA_API_KEY", ["x", "short key of mine", "sk_test_caravela"]],
  ["CARAVELA_HOST", ["http://127.0.0.1"]],
  ["CARAVELA_PORT", ["http"]],
  ["DATABASE_URL", ["mysql://127.0.0.1/caravela", "caravela"]],
])("refuses a %s that cannot work, and says so in one line without a secret", (name, values) => {
  for (const value of values) {
    const read = () => readServerSettings({ ...SIBS, SIBS_BASE_URL: "https://sibs.example/api/v2", [name]: value });
    expect(read, value).toThrow(new RegExp(`^${name} (cannot work|is [^\\n]+): [^\\n]+\\.$`));
    const isSecret = /SECRET|TOKEN|KEY|DATABASE/.test(name);
    if (isSecret && value.length > 8) expect(read).not.toThrow(value);
  }
});

it("shows no secret that was put in another setting's place", () => {
  const secret = "02ab.cd-of-a-token";
  for (const name of ["SIBS_TERMINAL_ID", "SIBS_ENTITY", "SIBS_CLIENT_ID"]) {
    const read = () =>
      readServerSettings({ ...SIBS, SIBS_BASE_URL: "https://sibs.example", [name]: `Bearer ${secret}` });
    expect(read, name).toThrow(new RegExp(`^${name} cannot work: `));
    expect(read, name).not.toThrow(secret);
  }
});

it("tells all that is missing or wrong at once", () => {
  expect(() => readServerSettings({ SIBS_BASE_URL: "https://sibs.example", SIBS_ENTITY: "abcde" })).toThrow(
    [
      "DATABASE_URL is not set, and there is no default for it: set it to the PostgreSQL that the server uses, as postgres://user:password@host:5432/database; `npm start` prints where the one is that it brings along.",
      "CARAVELA_API_KEY is not set, and there is no default for it.",
      "SIBS_TERMINAL_ID is not set, and there is no default for it.",
      "SIBS_CLIENT_ID is not set, and there is no default for it.",
      "SIBS_TOKEN is not set, and there is no default for it.",
      "SIBS_WEBHOOK_SECRET is not set, and there is no default for it.",
      'SIBS_ENTITY is "abcde": 5 digits are needed.',
    ].join("\n"),
  );
});

it("takes several secrets while one is replaced, and any key where everything plays on this machine", () => {
  const settings = readServerSettings({ ...SIBS, SIBS_WEBHOOK_SECRET: `${SECRET}, ${SIBS.SIBS_WEBHOOK_SECRET}` });
  expect(settings.credentials?.webhookSecrets).toHaveLength(2);
  expect(readServerSettings({ ...LOCAL, CARAVELA_TEST_CLOCK: "1", CARAVELA_API_KEY: "x" }).apiKey.reveal()).toBe("x");
  expect(() => readServerSettings({ ...LOCAL, CARAVELA_API_KEY: "x" })).toThrow("at least 6 characters");
});

it("keeps events for 90 days unless told otherwise, and never for less than they may be delivered in", () => {
  const keptDays = (days?: string) => readServerSettings({ ...LOCAL, CARAVELA_EVENTS_KEPT_DAYS: days }).eventsKeptDays;
  expect([keptDays(), keptDays("7"), keptDays("3650")]).toEqual([90, 7, 3650]);
  for (const wrong of ["6", "0", "3651", "30.5", "-90", "always"])
    expect(() => keptDays(wrong)).toThrow(/CARAVELA_EVENTS_KEPT_DAYS.*from 7 to 3650/);
});

it("has twenty connections to the database unless told otherwise, and never too few to work", () => {
  const of = (number?: string) => readServerSettings({ ...LOCAL, CARAVELA_DATABASE_CONNECTIONS: number }).connections;
  expect([of(), of("4"), of("100")]).toEqual([20, 4, 100]);
  for (const wrong of ["3", "0", "101", "8.5", "-20", "many"])
    expect(() => of(wrong)).toThrow(/CARAVELA_DATABASE_CONNECTIONS.*from 4 to 100/);
});

it("shows a key to everybody only where it is the one of a demonstration, with the gateway on this machine", () => {
  const known = { apiKey: new Secret("sk_test_caravela"), sibsBaseUrl: "http://127.0.0.1:4010/api/v2" };
  expect(knownKey(known)).toBe("sk_test_caravela");
  expect(knownKey({ ...known, apiKey: new Secret("sk_live_of_the_shop") })).toBeNull();
  expect(knownKey({ ...known, sibsBaseUrl: "https://spg.qly.site1.sibs.pt/api/v2" })).toBeNull();
});

const MAIL = {
  CARAVELA_SMTP_URL: "smtps://shop:p%40ssw0rd@mail.example.pt:465",
  CARAVELA_MAIL_FROM: "caravela@example.pt",
  CARAVELA_TASKS_MAIL_TO: "ana@example.pt, rui@example.pt",
};

it("what needs a person is sent by e-mail where all that it needs is set, and its password is shown to nobody", () => {
  expect(readServerSettings(LOCAL).tasksMail).toBe(null);
  const { tasksMail } = readServerSettings({ ...LOCAL, ...MAIL });
  expect(tasksMail).toMatchObject({
    from: "caravela@example.pt",
    to: ["ana@example.pt", "rui@example.pt"],
    lang: "pt",
  });
  expect(JSON.stringify(tasksMail)).not.toContain("ssw0rd");
});

it("customers are sent e-mails where there is a mail server and whom they are from, unless the shop does not want it", () => {
  const read = (changes: object) => readServerSettings({ ...LOCAL, ...MAIL, ...changes });
  expect(read({}).customerMail).toMatchObject({ from: "caravela@example.pt" });
  expect(read({ CARAVELA_TASKS_MAIL_TO: "" })).toMatchObject({
    tasksMail: null,
    customerMail: { from: "caravela@example.pt" },
  });
  expect(read({ CARAVELA_CUSTOMER_MAIL: "0" }).customerMail).toBeNull();
  expect(readServerSettings(LOCAL).customerMail).toBeNull();
  expect(() => read({ CARAVELA_TASKS_MAIL_TO: "", CARAVELA_MAIL_FROM: "" })).toThrow(/CARAVELA_MAIL_FROM is not set/);
});

it.each([
  [
    "two of them are missing",
    { ...MAIL, CARAVELA_SMTP_URL: "", CARAVELA_MAIL_FROM: "" },
    /CARAVELA_SMTP_URL is not set.*\n.*CARAVELA_MAIL_FROM is not set/,
  ],
  [
    "it is no mail server's",
    { ...MAIL, CARAVELA_SMTP_URL: "https://a:s3cr3t@mail.example.pt" },
    /CARAVELA_SMTP_URL cannot work/,
  ],
  [
    "its password cannot be read",
    { ...MAIL, CARAVELA_SMTP_URL: "smtp://a:s3cr3t%zz@mail.example.pt" },
    /CARAVELA_SMTP_URL cannot work: a % in/,
  ],
  [
    "it has a user alone",
    { ...MAIL, CARAVELA_SMTP_URL: "smtp://a@mail.example.pt" },
    /CARAVELA_SMTP_URL cannot work: a user and a password/,
  ],
  ["an address is none", { ...MAIL, CARAVELA_MAIL_FROM: "Ana <a@b.pt>\nBcc: x@y.pt" }, /CARAVELA_MAIL_FROM is/],
  ["one of several is none", { ...MAIL, CARAVELA_TASKS_MAIL_TO: "ana@example.pt, rui" }, /CARAVELA_TASKS_MAIL_TO is/],
])("and not where %s", (_what, mail, fault) => {
  expect(() => readServerSettings({ ...LOCAL, ...mail })).toThrow(fault);
  try {
    readServerSettings({ ...LOCAL, ...mail });
  } catch (error) {
    expect(String(error)).not.toContain("s3cr3t");
  }
});
