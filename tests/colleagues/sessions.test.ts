import { Secret } from "@caravela/platform/secret";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { OPERATIONS_OF } from "../../packages/server/src/domain/role.ts";
import { createPayment } from "../support/actions.ts";
import { asOperator, callingByCookie, type SignedIn, signedIn } from "../support/operators.ts";
import { type Stage, setStage } from "../support/stage.ts";

const LINK = "a-word-of-the-last-start".replaceAll("-", "").repeat(2);

let stage: Stage;
beforeAll(async () => {
  stage = await setStage({ localOwner: new Secret(LINK) });
});
afterAll(() => stage.close());

const problemOf = ({ status, body }: { status: number; body: { type: string } | null }) => [status, body?.type];
const SIGNED_OUT = [401, "/problems/unauthorized"];

describe("whoever is signed in", () => {
  it("reads who they are and what they may, and so does a key", async () => {
    const rui = await asOperator(stage, "refunder", { name: "Rui", refundLimit: 5000 });
    const { status, body } = await rui.api("GET", "/v1/me");
    expect(status).toBe(200);
    expect(body).toEqual({
      by: { type: "operator", id: rui.id, name: "Rui" },
      role: "refunder",
      terminal: null,
      scopes: ["payments:read", "payments:write", "refunds:write", "events"],
      operations: [...OPERATIONS_OF.refunder].sort(),
      refundLimit: 5000,
      refundableToday: 5000,
      captureLimit: null,
      capturableToday: null,
      now: expect.stringMatching(/Z$/),
      session: { id: rui.session, endsAt: expect.stringMatching(/Z$/), touchedUntil: expect.stringMatching(/Z$/) },
    });
    const { body: key } = await stage.api("GET", "/v1/me");
    expect(key).toMatchObject({ by: { type: "shop", id: null }, role: null, session: null, refundableToday: null });
    expect(key.operations).toEqual(expect.arrayContaining(["continueAttempt", "createKey", "getMe"]));
  });

  it("stands with what they do, by their name", async () => {
    const ana = await asOperator(stage, "support", { name: "Ana" });
    const payment = await createPayment(stage);
    expect((await ana.api("POST", `/v1/payments/${payment}/cancel`)).status).toBe(200);
    const { data } = (await ana.api("GET", `/v1/payments/${payment}/journal`)).body;
    expect(data.at(-1)).toMatchObject({ kind: "payment_canceled", by: { type: "operator", id: ana.id, name: "Ana" } });
  });

  it("may do nothing that their role may not, and is told which roles may", async () => {
    const vera = await asOperator(stage, "viewer");
    const payment = await createPayment(stage);
    const answer = await vera.api("POST", `/v1/payments/${payment}/cancel`);
    expect(problemOf(answer)).toEqual([403, "/problems/role_missing"]);
    expect(answer.body).toMatchObject({
      roles: ["support", "refunder", "owner"],
      detail: "As viewer you may not do this. Whoever is support, refunder or owner may.",
    });
    expect((await stage.api("GET", `/v1/payments/${payment}`)).body.status).toBe("open");
  });

  it("loses what a role gave as soon as it is taken away", async () => {
    const rui = await asOperator(stage, "support");
    const payment = await createPayment(stage);
    await stage.pool.query("update caravela.operator set role = 'viewer' where id = $1", [rui.id]);
    expect(problemOf(await rui.api("POST", `/v1/payments/${payment}/cancel`))[0]).toBe(403);
    await stage.pool.query("update caravela.operator set removed_at = now() where id = $1", [rui.id]);
    expect(problemOf(await rui.api("GET", "/v1/me"))).toEqual(SIGNED_OUT);
  });

  it("asks by keys of their own: another's Idempotency-Key is another request", async () => {
    const [one, other] = [await asOperator(stage, "support"), await asOperator(stage, "support")];
    const payment = await createPayment(stage);
    const key = { "idempotency-key": "one-form" };
    const path = `/v1/payments/${payment}/cancel`;
    expect((await one.api("POST", path, undefined, key)).headers.get("idempotent-replayed")).toBeNull();
    expect((await one.api("POST", path, undefined, key)).headers.get("idempotent-replayed")).toBe("true");
    expect((await other.api("POST", path, undefined, key)).headers.get("idempotent-replayed")).toBeNull();
  });
});

describe("what is done by a cookie", () => {
  it.each([
    ["another site's page", { "sec-fetch-site": "cross-site" }],
    ["a page of the same site, but of another server", { "sec-fetch-site": "same-site" }],
    ["an address that was typed", { "sec-fetch-site": "none" }],
    ["another site's page, in an old browser", { "sec-fetch-site": "", origin: "https://evil.example" }],
    ["whoever does not say", { "sec-fetch-site": "" }],
  ])("is refused from %s, and changes nothing", async (_from, headers) => {
    const ana = await asOperator(stage, "support");
    const payment = await createPayment(stage);
    const { "sec-fetch-site": site, ...others } = headers as Record<string, string>;
    const sent = { cookie: ana.cookie, ...others, ...(site !== "" && { "sec-fetch-site": String(site) }) };
    const answer = await stage.api("POST", `/v1/payments/${payment}/cancel`, undefined, sent);
    expect(problemOf(answer)).toEqual([403, "/problems/foreign_site"]);
    expect((await stage.api("GET", `/v1/payments/${payment}`)).body.status).toBe("open");
  });

  it("is done for a page of the server's own that an old browser shows", async () => {
    const ana = await asOperator(stage, "support");
    const payment = await createPayment(stage);
    const sent = { cookie: ana.cookie, origin: stage.server.url };
    expect((await stage.api("POST", `/v1/payments/${payment}/cancel`, undefined, sent)).status).toBe(200);
  });

  it("is not done by a cookie of nobody's", async () => {
    for (const cookie of ["__Host-caravela=", `__Host-caravela=${"a".repeat(50)}`, "caravela=1"]) {
      expect(problemOf(await callingByCookie(stage, cookie)("GET", "/v1/me"))).toEqual(SIGNED_OUT);
    }
  });
});

describe("a session", () => {
  const endsAt = async (who: SignedIn) => (await who.api("GET", "/v1/me")).body.session?.endsAt;

  it("is over when nothing was done for fifteen minutes, and twelve hours after it began", async () => {
    const ana = await asOperator(stage, "viewer");
    await stage.advance(14 * 60);
    expect(Date.parse(await endsAt(ana)) - stage.now()).toBeGreaterThan(14 * 60_000);
    await stage.advance(14 * 60);
    expect(await endsAt(ana)).toBeDefined();
    await stage.advance(15 * 60 + 1);
    expect(problemOf(await ana.api("GET", "/v1/me"))).toEqual(SIGNED_OUT);

    const rui = await asOperator(stage, "viewer");
    await stage.pool.query("update caravela.session set ends_at = $2 where id = $1", [
      rui.session,
      new Date(stage.now() + 60_000),
    ]);
    expect(Date.parse(await endsAt(rui)) - stage.now()).toBeLessThanOrEqual(60_000);
    await stage.advance(61);
    expect(problemOf(await rui.api("GET", "/v1/me"))).toEqual(SIGNED_OUT);
  });

  it("is not kept up by what a page asks by itself", async () => {
    const ana = await asOperator(stage, "viewer");
    await stage.advance(10 * 60);
    expect((await ana.api("GET", "/v1/me", undefined, { "caravela-unattended": "1" })).status).toBe(200);
    await stage.advance(6 * 60);
    expect(problemOf(await ana.api("GET", "/v1/me"))).toEqual(SIGNED_OUT);
  });

  it("is written by what a person asks, and not by what a page asks by itself", async () => {
    const ana = await asOperator(stage, "viewer");
    const text = "select xmin::text as written from caravela.session where id = $1";
    const written = async () => (await stage.pool.query<{ written: string }>(text, [ana.session])).rows[0]?.written;
    const first = await written();
    expect((await ana.api("GET", "/v1/me", undefined, { "caravela-unattended": "1" })).status).toBe(200);
    expect(await written()).toBe(first);
    expect((await ana.api("GET", "/v1/me")).status).toBe(200);
    expect(await written()).not.toBe(first);
  });

  it("says until when a touch of the passkey is fresh", async () => {
    const ana = await asOperator(stage, "owner");
    const until = async () => (await ana.api("GET", "/v1/me")).body.session.touchedUntil;
    expect(Date.parse(await until()) - stage.now()).toBeLessThanOrEqual(5 * 60_000);
    await stage.advance(5 * 60 + 1);
    expect(await until()).toBeNull();
    const untouched = await signedIn(stage, ana.id, false);
    expect((await untouched.api("GET", "/v1/me")).body.session.touchedUntil).toBeNull();
  });
});

describe("the link of the start", () => {
  const visit = (word: string, method = "GET", headers: Record<string, string> = {}) =>
    fetch(`${stage.server.url}/dashboard/local/${word}`, { method, redirect: "manual", headers });
  const OURS = { "sec-fetch-site": "same-origin" };

  it("shows a button, and signs its owner in by that alone, in a cookie that no script and no other site has", async () => {
    const page = await visit(LINK, "GET", { "accept-language": "en" });
    expect(page.status).toBe(200);
    expect(page.headers.get("set-cookie")).toBeNull();
    expect(await page.text()).toContain("Sign in on this machine");

    const pressed = await visit(LINK, "POST", { ...OURS, "accept-language": "en" });
    expect([pressed.status, pressed.headers.get("location")]).toEqual([303, "/dashboard"]);
    const cookie = pressed.headers.get("set-cookie") ?? "";
    expect(cookie).toMatch(/^__Host-caravela=[0-9a-z]{50}; Path=\/; HttpOnly; Secure; SameSite=Strict$/);
    const [pair = ""] = cookie.split(";");
    const { body } = await callingByCookie(stage, pair)("GET", "/v1/me");
    expect(body).toMatchObject({ by: { name: "You, on this machine" }, role: "owner", terminal: null });

    // signed in once more, now in Portuguese, the session before is over
    const again = await visit(LINK, "POST", { ...OURS, cookie: pair, "accept-language": "pt" });
    const [next = ""] = (again.headers.get("set-cookie") ?? "").split(";");
    const { by } = (await callingByCookie(stage, next)("GET", "/v1/me")).body;
    expect(by.name).toBe("Você, neste computador");
    expect(problemOf(await callingByCookie(stage, pair)("GET", "/v1/me"))).toEqual(SIGNED_OUT);
  });

  it("is good for nobody by another word, nor from another site", async () => {
    for (const method of ["GET", "POST"]) {
      const answer = await visit(`${LINK}x`, method, OURS);
      expect([answer.status, answer.headers.get("set-cookie")]).toEqual([404, null]);
    }
    const foreign = await visit(LINK, "POST", { "sec-fetch-site": "cross-site" });
    expect([foreign.status, foreign.headers.get("set-cookie")]).toEqual([403, null]);
  });

  it("is gone where the server was started without, and so are those who came by it", async () => {
    const [pair = ""] = ((await visit(LINK, "POST", OURS)).headers.get("set-cookie") ?? "").split(";");
    const me = () => callingByCookie(stage, pair)("GET", "/v1/me");
    expect((await me()).status).toBe(200);
    await stage.restartServer({ localOwner: null });
    expect((await visit(LINK)).status).toBe(404);
    expect((await visit(LINK, "POST", OURS)).status).toBe(404);
    expect(problemOf(await me())).toEqual(SIGNED_OUT);
  });
});
