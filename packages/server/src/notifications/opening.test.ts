import { Secret } from "@caravela/platform/secret";
import { describe, expect, it } from "vitest";
import { secretsOf, terminalsOf } from "./opening.ts";

const terminal = (id: "1" | "2" | "3", ...secrets: string[]) => ({
  id,
  webhookSecrets: secrets.map((secret) => new Secret(secret)),
});
const SECRETS = secretsOf([terminal("1", "own", "shared"), terminal("2", "shared", "shared"), terminal("3", "other")]);

/** Whose a notification may be that a secret has opened. */
const opened = (secret: string, terminalId: string | null, secrets = SECRETS, transactionId = "s2x") =>
  terminalsOf({ secretIndex: secrets.findIndex((one) => one.secret === secret), terminalId, transactionId }, secrets);

describe("a notification", () => {
  it("is tried with each secret once, whoever has it", () => {
    expect(SECRETS).toEqual([
      { secret: "own", of: ["1"] },
      { secret: "shared", of: ["1", "2"] },
      { secret: "other", of: ["3"] },
    ]);
  });

  it.each([
    ["own", null, ["1"]],
    ["own", "", ["1"]],
    ["own", "1", ["1"]],
    ["own", "2", null],
    ["shared", null, ["1", "2"]],
    ["shared", "2", ["2"]],
    ["shared", "3", null],
    ["shared", "777", null],
    ["other", "03", null],
  ] as const)("opened by the secret %s that names %s may be of %j", (secret, named, may) => {
    expect(opened(secret, named)).toEqual(may);
  });

  it("of the one terminal that there is, is its own whatever it names", () => {
    const one = secretsOf([terminal("1", "new", "old")]);
    expect(opened("old", "777", one)).toEqual(["1"]);
  });

  it("by which SIBS Backoffice tries the address names a terminal that is nobody's, and is taken", () => {
    expect(opened("shared", "1000000", SECRETS, "WebhookTest")).toEqual(["1", "2"]);
  });
});
