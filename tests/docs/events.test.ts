import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Webhook } from "standardwebhooks";
import { describe, expect, it } from "vitest";
import { EVENT_TYPES } from "../../packages/server/src/domain/tidings.ts";
import { sectionsOf } from "./sections.ts";

const text = readFileSync(join(import.meta.dirname, "..", "..", "docs", "events.md"), "utf8");

type Verified = (body: string, headers: Record<string, string>, secret: string) => unknown;

/** The function that the document shows for whoever has no library. */
async function verifierOfDocument(): Promise<Verified> {
  const [, code = ""] = /^Without a library[\s\S]*?^```js\n([\s\S]*?)^```/m.exec(text) ?? [];
  const { verified } = await import(`data:text/javascript,${encodeURIComponent(code)}`);
  return verified;
}

describe("docs/events.md", () => {
  it("has an entry for every type of event, and none for a type that there is not", () => {
    const sections = sectionsOf(text, 3);
    expect([...sections.keys()].sort()).toEqual([...EVENT_TYPES].sort());
    for (const [type, [when = ""]] of sections) expect(when.length, type).toBeGreaterThan(30);
  });

  it("verifies signatures by a code that works", async () => {
    const verified = await verifierOfDocument();
    const secret = `whsec_${Buffer.from("thirty-two characters of secret!").toString("base64")}`;
    const body = JSON.stringify({ id: "evt_1", type: "payment.paid", data: { payment: { reference: "canecas ☕" } } });
    const signed = (at: Date) => ({
      "webhook-id": "evt_1",
      "webhook-timestamp": String(Math.floor(at.getTime() / 1000)),
      "webhook-signature": `v1,${"A".repeat(43)}= ${new Webhook(secret).sign("evt_1", at, body)}`,
    });
    const now = new Date();
    expect(verified(body, signed(now), secret)).toEqual(JSON.parse(body));
    expect(verified(body.replace("paid", "fake"), signed(now), secret)).toBeUndefined();
    expect(verified(body, signed(now), secret.replace("dGhp", "dGhq"))).toBeUndefined();
    expect(verified(body, { ...signed(now), "webhook-id": "evt_2" }, secret)).toBeUndefined();
    expect(verified(body, signed(new Date(now.getTime() - 600_000)), secret)).toBeUndefined();
    expect(verified(body, {}, secret)).toBeUndefined();
  });
});
