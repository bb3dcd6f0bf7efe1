import { inspect } from "node:util";
import { expect, it } from "vitest";
import { createLog } from "./log.ts";
import { Secret } from "./secret.ts";

const secret = new Secret("swordfish");

it("tells its text only to who asks for it", () => {
  expect(secret.reveal()).toBe("swordfish");
});

it.each([
  ["a template", () => `${secret}`],
  ["JSON", () => JSON.stringify({ secret })],
  ["inspection", () => inspect({ deep: { secret } }, { depth: 9, showHidden: true })],
  ["concatenation", () => `${[secret]}`],
])("prints as [secret] in %s", (_where, print) => {
  expect(print()).toContain("[secret]");
  expect(print()).not.toContain("swordfish");
});

it("is masked in the log, and so is plain text under a name that sounds secret", () => {
  const lines: string[] = [];
  const log = createLog({ name: "test", destination: { write: (line) => void lines.push(line) } });
  log.info({ key: secret, token: "swordfish", headers: { authorization: "Bearer swordfish" } }, "call");
  log.info({ a: { b: { phone: "swordfish", signature: "swordfish", secret: "swordfish" } } });
  expect(lines.join("")).not.toContain("swordfish");
  expect(JSON.parse(lines[0] ?? "")).toMatchObject({ name: "test", msg: "call", key: "[secret]" });
});
