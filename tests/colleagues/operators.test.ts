import { once } from "node:events";
import { type IncomingMessage, request } from "node:http";
import type { RunningServer } from "@caravela/server";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type Description, described, readDescription } from "../api/described.ts";
import { createPayment } from "../support/actions.ts";
import { jsonCaller } from "../support/json.ts";
import { makeKey } from "../support/keys.ts";
import { asOperator, type Differing, giveKey, type SignedIn, signedIn } from "../support/operators.ts";
import { type Stage, setStage } from "../support/stage.ts";

let stage: Stage;
let other: RunningServer;
let description: Description;
const lines: string[] = [];
beforeAll(async () => {
  stage = await setStage({ logLevel: "trace", logDestination: { write: (line: string) => void lines.push(line) } });
  other = await stage.startAnother();
  description = await readDescription(stage);
});
beforeEach(async () => {
  await stage.pool.query("delete from caravela.operator");
});
afterAll(() => stage.close());

const problemOf = ({ status, body }: { status: number; body: { type?: string } | null }) => [status, body?.type];
const owners = async () =>
  (await stage.pool.query("select id from caravela.operator where role = 'owner' and removed_at is null")).rows.map(
    ({ id }) => id,
  );

/** An owner who can sign in again. */
async function ownerWithKey(differing: Differing = {}): Promise<SignedIn> {
  const owner = await asOperator(stage, "owner", differing);
  await giveKey(stage, owner.id);
  return owner;
}

/** A change by somebody at the other process. */
const elsewhere = (who: SignedIn, method: string, path: string, body?: unknown) =>
  jsonCaller()(`${other.url}${path}`, method, body, {
    cookie: who.cookie,
    "sec-fetch-site": "same-origin",
    ...(method === "POST" && { "idempotency-key": crypto.randomUUID() }),
  });

describe("an owner", () => {
  it("invites a colleague, whose link is told this once, and changes what they are and may", async () => {
    const { stage: watched, faults } = described(stage, description);
    const ana = await asOperator(watched, "owner", { name: "Ana" });
    const key = { "idempotency-key": "Rui" };
    const wanted = { name: " Rui ", role: "refunder", refundLimit: 5000 };
    const made = await ana.api("POST", "/v1/operators", wanted, key);
    expect(made).toMatchObject({
      status: 201,
      body: {
        id: expect.stringMatching(/^op_[0-9a-z]{20}$/),
        name: "Rui",
        role: "refunder",
        terminal: null,
        refundLimit: 5000,
        captureLimit: null,
        lastSeenAt: null,
        passkeys: 0,
        inviteUrl: expect.stringMatching(/^http:\/\/localhost:\d+\/dashboard\/invitations\/[0-9a-z]{50}$/),
      },
    });
    const told = { ...made.body, inviteUrl: null };
    expect((await ana.api("POST", "/v1/operators", wanted, key)).body).toEqual(told);
    expect((await ana.api("GET", "/v1/operators")).body.data).toEqual([told, expect.objectContaining({ name: "Ana" })]);
    const again = await ana.api("POST", `/v1/operators/${told.id}/invite`);
    expect(again).toMatchObject({
      status: 200,
      body: { ...told, inviteUrl: expect.stringContaining("/invitations/") },
    });
    expect(again.body.inviteUrl).not.toBe(made.body.inviteUrl);
    expect(lines.join("\n")).not.toContain(again.body.inviteUrl.split("/").at(-1));

    const changed = await ana.api("POST", `/v1/operators/${told.id}`, { role: "support", refundLimit: null });
    expect(changed).toMatchObject({ status: 200, body: { ...told, role: "support", refundLimit: null } });
    const { data: audit } = (await stage.api("GET", `/v1/audit?subject=${told.id}&limit=1`)).body;
    expect(audit).toMatchObject([
      {
        operation: "changeOperator",
        by: { type: "operator", id: ana.id },
        before: { role: "refunder", refundLimit: 5000 },
        after: { role: "support", refundLimit: null },
      },
    ]);
    const named = await ana.api("POST", `/v1/operators/${told.id}`, { name: "Rui Costa", role: null });
    expect(named.body).toEqual({ ...told, name: "Rui Costa", role: "support", refundLimit: null });
    for (let keys = 0; keys < 2; keys += 1) await giveKey(watched, told.id);
    const { data } = (await ana.api("GET", "/v1/operators")).body;
    expect(data.map(({ name, passkeys }: { name: string; passkeys: number }) => [name, passkeys])).toEqual([
      ["Rui Costa", 2],
      ["Ana", 0],
    ]);
    expect(faults).toEqual([]);
  });

  it("removes a colleague, who is signed out everywhere at once and whose name stays with what they did", async () => {
    const { stage: watched, faults } = described(stage, description);
    const [ana, rui] = [await asOperator(watched, "owner"), await asOperator(watched, "support", { name: "Rui" })];
    const payment = await createPayment(stage);
    await rui.api("POST", `/v1/payments/${payment}/cancel`);
    expect((await ana.api("DELETE", `/v1/operators/${rui.id}`)).status).toBe(204);
    expect([(await rui.api("GET", "/v1/me")).status, (await elsewhere(rui, "GET", "/v1/me")).status]).toEqual([
      401, 401,
    ]);
    expect((await ana.api("DELETE", `/v1/operators/${rui.id}`)).status).toBe(404);
    expect((await ana.api("POST", `/v1/operators/${rui.id}/invite`)).status).toBe(404);
    expect((await ana.api("POST", `/v1/operators/${rui.id}`, { name: "R" })).status).toBe(404);
    const journal = (await ana.api("GET", `/v1/payments/${payment}/journal`)).body.data;
    expect(journal.at(-1).by).toEqual({ type: "operator", id: rui.id, name: "Rui" });
    expect((await ana.api("GET", "/v1/operators")).body.data).toHaveLength(1);
    expect(faults).toEqual([]);
  });

  it.each([
    [{}, ["/name", "/role"]],
    [{ name: " ", role: "boss" }, ["/name", "/role"]],
    [{ name: "x".repeat(101), role: "viewer", refundLimit: 0, more: 1 }, ["/more", "/name", "/refundLimit"]],
    [{ name: "Rui", role: "viewer", terminal: "first" }, ["/terminal"]],
  ])("is told all that is wrong with %j, and invites nobody", async (wanted, fields) => {
    const ana = await asOperator(stage, "owner");
    const { status, body } = await ana.api("POST", "/v1/operators", wanted);
    expect(status).toBe(400);
    expect(body.errors.map(({ field }: { field: string }) => field).sort()).toEqual(fields);
    expect((await ana.api("GET", "/v1/operators")).body.data).toHaveLength(1);
  });

  it("alone may neither leave nor be anything less: somebody must be able to invite others", async () => {
    const ana = await ownerWithKey();
    const path = `/v1/operators/${ana.id}`;
    // whoever was invited and never came is nobody to leave it to: the link may be over
    const eve = await ana.api("POST", "/v1/operators", { name: "Eve", role: "owner" });
    for (const answer of [
      await ana.api("DELETE", path),
      await ana.api("POST", path, { role: "support" }),
      await ana.api("POST", path, { terminal: "52221" }),
    ])
      expect(problemOf(answer)).toEqual([409, "/problems/last_owner"]);
    expect((await ana.api("DELETE", `/v1/operators/${eve.body.id}`)).status).toBe(204);
    const rui = await ownerWithKey({ terminal: "52221" });
    // one of a terminal cannot do what one of all can
    expect(problemOf(await ana.api("DELETE", path))[0]).toBe(409);
    expect((await ana.api("POST", path, { name: "Ana Sousa", terminal: null })).status).toBe(200);
    // nor can one who has a limit what one who has none can, who would never be again
    const eva = await ownerWithKey({ refundLimit: 5_000 });
    for (const answer of [
      await eva.api("DELETE", path),
      await eva.api("POST", path, { role: "support" }),
      await eva.api("POST", path, { refundLimit: 5_000 }),
      await ana.api("POST", path, { refundLimit: 5_000 }),
      await ana.api("POST", path, { captureLimit: 5_000 }),
    ])
      expect(problemOf(answer)).toEqual([409, "/problems/last_owner"]);
    const full = await asOperator(stage, "owner");
    expect(problemOf(await ana.api("POST", path, { role: "viewer" }))).toEqual([409, "/problems/last_owner"]);
    // whom the company's provider lets in needs no passkey
    await stage.pool.query("update caravela.operator set sign_on_issuer = 'i', sign_on_subject = 's' where id = $1", [
      full.id,
    ]);
    expect((await ana.api("POST", path, { role: "viewer" })).status).toBe(200);
    expect(problemOf(await ana.api("DELETE", `/v1/operators/${rui.id}`))).toEqual([403, "/problems/role_missing"]);
  });

  it("is left when two remove, or lower, each other in the same moment at two servers", async () => {
    for (let round = 0; round < 6; round += 1) {
      await stage.pool.query("delete from caravela.operator");
      const [ana, rui] = [await ownerWithKey(), await ownerWithKey()];
      const isRemoval = round % 2 === 0;
      const method = isRemoval ? "DELETE" : "POST";
      const body = isRemoval ? undefined : { role: "viewer" };
      const answers = await Promise.all([
        ana.api(method, `/v1/operators/${rui.id}`, body),
        elsewhere(rui, method, `/v1/operators/${ana.id}`, body),
      ]);
      expect(await owners()).toHaveLength(1);
      const statuses = answers.map(({ status }) => status).sort();
      expect([200, 204]).toContain(statuses[0]);
      expect([401, 403]).toContain(statuses[1]);
    }
  });
});

describe("one may only give what one has:", () => {
  it("who may give back up to a limit gives no higher one, and what is given back counts in their day too", async () => {
    await asOperator(stage, "owner");
    const ana = await asOperator(stage, "owner", { refundLimit: 2000 });
    const invited = (changes: object) =>
      ana.api("POST", "/v1/operators", { name: "Rui", role: "refunder", ...changes });
    for (const changes of [{}, { refundLimit: 2001 }]) {
      const answer = await invited(changes);
      expect(problemOf(answer)).toEqual([403, "/problems/operator_beyond_yours"]);
      expect(answer.body).toMatchObject({
        detail: "Your own role may refund 2000 cents at most.",
        errors: [{ field: "/refundLimit" }],
      });
    }
    const { body: rui } = await invited({ refundLimit: 1500 });
    const { rows } = await stage.pool.query("select budgets from caravela.operator where id = $1", [rui.id]);
    expect(rows[0].budgets).toEqual([{ key: ana.id, most: 2000 }]);

    // neither do they come by it in another way
    const unlimited = await asOperator(stage, "refunder");
    const { id: viewer } = await asOperator(stage, "viewer");
    for (const answer of [
      await ana.api("POST", `/v1/operators/${ana.id}`, { refundLimit: null }),
      await ana.api("POST", `/v1/operators/${rui.id}`, { refundLimit: 5000 }),
      await ana.api("POST", `/v1/operators/${viewer}`, { role: "owner" }),
      await ana.api("POST", `/v1/operators/${unlimited.id}/invite`),
    ])
      expect(problemOf(answer)).toEqual([403, "/problems/operator_beyond_yours"]);
    expect((await ana.api("POST", `/v1/operators/${unlimited.id}`, { refundLimit: 100 })).status).toBe(200);
    expect((await ana.api("POST", `/v1/operators/${ana.id}`, { refundLimit: 1000 })).status).toBe(200);
    expect((await ana.api("GET", "/v1/me")).body).toMatchObject({ refundLimit: 1000, refundableToday: 1000 });
    const key = await ana.api("POST", "/v1/keys", { name: "Till", scopes: ["refunds:write"] });
    expect(key.body).toMatchObject({ type: "/problems/key_beyond_yours", errors: [{ field: "/refundLimit" }] });
  });

  it("who is of a terminal invites to that alone, and finds nobody of another or of all", async () => {
    const all = await asOperator(stage, "owner");
    const ana = await asOperator(stage, "owner", { terminal: "52221" });
    const { body: rui } = await ana.api("POST", "/v1/operators", { name: "Rui", role: "viewer" });
    expect(rui.terminal).toBe("52221");
    expect((await ana.api("GET", "/v1/operators")).body.data.map(({ id }: { id: string }) => id)).toEqual([
      rui.id,
      ana.id,
    ]);
    expect(problemOf(await ana.api("POST", `/v1/operators/${rui.id}`, { terminal: null }))).toEqual([
      403,
      "/problems/operator_beyond_yours",
    ]);
    const path = `/v1/operators/${all.id}`;
    for (const answer of [
      await ana.api("POST", path, { name: "A" }),
      await ana.api("POST", `${path}/invite`),
      await ana.api("DELETE", path),
      await ana.api("DELETE", `/v1/sessions/${all.session}`),
    ])
      expect(problemOf(answer)).toEqual([404, "/problems/not_found"]);
    expect((await ana.api("GET", "/v1/sessions")).body.data).toHaveLength(1);
  });

  it("no key says who is at work; one with admin sees it", async () => {
    const rui = await asOperator(stage, "viewer");
    for (const [method, path, body] of [
      ["POST", "/v1/operators", { name: "Eva", role: "owner" }],
      ["POST", `/v1/operators/${rui.id}`, { role: "owner" }],
      ["POST", `/v1/operators/${rui.id}/invite`],
      ["DELETE", `/v1/operators/${rui.id}`],
      ["GET", "/v1/sessions"],
      ["DELETE", `/v1/sessions/${rui.session}`],
    ] as const)
      expect(problemOf(await stage.api(method, path, body)), path).toEqual([403, "/problems/person_needed"]);
    const [admin, reader] = [await makeKey(stage, ["admin"]), await makeKey(stage, ["payments:read"])];
    expect((await admin.api("GET", "/v1/operators")).body.data).toMatchObject([{ id: rui.id, role: "viewer" }]);
    expect((await reader.api("GET", "/v1/operators")).status).toBe(403);
  });
});

describe("a role that is taken away", () => {
  it("while the body of a request is still to come, does nothing any more", async () => {
    const rui = await asOperator(stage, "support");
    const payment = await createPayment(stage);
    const body = JSON.stringify({});
    const sent = request(`${stage.server.url}/v1/payments/${payment}/cancel`, {
      method: "POST",
      headers: {
        cookie: rui.cookie,
        "sec-fetch-site": "same-origin",
        "content-type": "application/json",
        "content-length": String(body.length),
        "idempotency-key": crypto.randomUUID(),
      },
    });
    sent.write(body.slice(0, 1));
    const seen = async () =>
      (await stage.pool.query("select seen_at from caravela.operator where id = $1", [rui.id])).rows[0].seen_at;
    await expect.poll(seen).not.toBeNull();
    await stage.pool.query("update caravela.operator set role = 'viewer' where id = $1", [rui.id]);
    sent.end(body.slice(1));
    const [answer] = (await once(sent, "response")) as [IncomingMessage];
    answer.resume();
    expect(answer.statusCode).toBe(403);
    expect((await stage.api("GET", `/v1/payments/${payment}`)).body.status).toBe("open");
  });
});

describe("whoever is signed in", () => {
  it("sees their own sessions and ends them; an owner sees and ends everybody's", async () => {
    const { stage: watched, faults } = described(stage, description);
    const [ana, rui] = [await asOperator(watched, "owner"), await asOperator(watched, "viewer", { name: "Rui" })];
    // the newest stands first, where they are of different moments
    await stage.advance(1);
    const phone = await signedIn(watched, rui.id);
    const { body } = await rui.api("GET", "/v1/sessions");
    expect(body.data).toEqual([
      expect.objectContaining({ id: phone.session, operator: rui.id, name: "Rui", current: false }),
      expect.objectContaining({ id: rui.session, operator: rui.id, name: "Rui", current: true }),
    ]);
    expect((await rui.api("DELETE", `/v1/sessions/${phone.session}`)).status).toBe(204);
    expect((await phone.api("GET", "/v1/me")).status).toBe(401);
    expect((await rui.api("DELETE", `/v1/sessions/${ana.session}`)).status).toBe(404);
    expect((await ana.api("GET", "/v1/sessions")).body.data).toHaveLength(2);
    expect((await ana.api("DELETE", `/v1/sessions/${rui.session}`)).status).toBe(204);
    expect((await rui.api("GET", "/v1/me")).status).toBe(401);
    expect((await ana.api("DELETE", "/v1/sessions/ses_1")).status).toBe(404);
    await stage.advance(16 * 60);
    const later = await signedIn(watched, ana.id);
    expect((await later.api("GET", "/v1/sessions")).body.data).toMatchObject([{ id: later.session }]);
    expect(faults).toEqual([]);
  });
});
