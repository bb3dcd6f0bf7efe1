import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type CallsBy, makeKey } from "../support/keys.ts";
import { type Stage, setStage } from "../support/stage.ts";

const HOUR = 3600;

let stage: Stage;
beforeAll(async () => {
  stage = await setStage();
});
afterAll(() => stage.close());

const statusOf = async (api: CallsBy) => (await api("GET", "/v1/payments")).status;
const at = (seconds: number) => new Date(stage.now() + seconds * 1000).toISOString();

describe("one may only give what one has", () => {
  const wanted = { name: "Clerk", scopes: ["refunds:write"], refundLimit: 1000 };

  it("a scope, a limit, an end", async () => {
    const expiresAt = at(HOUR);
    const { api } = await makeKey(stage, ["admin", "refunds:write"], { refundLimit: 2000, expiresAt });
    expect(await api("POST", "/v1/keys", { ...wanted, scopes: ["refunds:write", "reports"], expiresAt })).toMatchObject(
      {
        status: 403,
        body: { type: "/problems/scope_missing", scope: "reports", errors: [{ field: "/scopes/1" }] },
      },
    );
    const unlimited = { name: "Clerk", scopes: ["refunds:write"] };
    expect(await api("POST", "/v1/keys", unlimited)).toMatchObject({
      status: 403,
      body: { type: "/problems/key_beyond_yours", errors: [{ field: "/refundLimit" }, { field: "/expiresAt" }] },
    });
    const above = await api("POST", "/v1/keys", { ...wanted, refundLimit: 2001, expiresAt });
    expect([above.status, above.body.detail]).toEqual([403, "Your own API key may refund 2000 cents at most."]);
    expect((await api("POST", "/v1/keys", { ...wanted, expiresAt })).status).toBe(201);
  });

  it("nor is a key's new secret told to who has less, who may revoke it all the same", async () => {
    const { id, api: older } = await makeKey(stage, ["admin", "payments:read"]);
    const { api } = await makeKey(stage, ["admin"]);
    expect(await api("POST", `/v1/keys/${id}/roll`)).toMatchObject({ status: 403, body: { scope: "payments:read" } });
    expect(await statusOf(older)).toBe(200);
    expect((await api("DELETE", `/v1/keys/${id}`)).status).toBe(204);
    expect(await statusOf(older)).toBe(401);
  });

  it("nor is the new secret of a key told that may give back more", async () => {
    const { id } = await makeKey(stage, ["refunds:write"], { refundLimit: 2000 });
    const { api } = await makeKey(stage, ["admin", "refunds:write"], { refundLimit: 1000 });
    expect(await api("POST", `/v1/keys/${id}/roll`)).toMatchObject({
      status: 403,
      body: { type: "/problems/key_beyond_yours", errors: [] },
    });
  });

  it("that a key may not is no answer to another's request of the same Idempotency-Key", async () => {
    const { api } = await makeKey(stage, ["admin"]);
    const key = { "idempotency-key": "one more clerk" };
    expect((await api("POST", "/v1/keys", wanted, key)).status).toBe(403);
    expect((await stage.api("POST", "/v1/keys", wanted, key)).status).toBe(201);
  });
});
