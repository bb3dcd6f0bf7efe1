import { randomBytes } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Forged } from "../support/authenticator.ts";
import { callingByCookie } from "../support/operators.ts";
import { type Stage, setStage } from "../support/stage.ts";
import { originOf, Visitor, withPasskey } from "../support/visitor.ts";

let stage: Stage;
beforeAll(async () => {
  stage = await setStage();
});
afterAll(() => stage.close());

const LOGIN = "/dashboard/login";

const statusAs = async (visitor: Visitor) =>
  (await callingByCookie(stage, visitor.cookie === "" ? "none=" : visitor.cookie)("GET", "/v1/me")).status;

describe("somebody with a passkey", () => {
  it("signs in, is known by the cookie, and signs out for good", async () => {
    const { colleague, visitor } = await withPasskey(stage, "support", { name: "Ana" });
    const response = await visitor.signIn();
    expect([response.status, response.headers.get("location")]).toEqual([303, "/dashboard"]);
    const cookie = response.headers.getSetCookie().find((one) => one.startsWith("__Host-caravela="));
    expect(cookie).toMatch(/^__Host-caravela=[0-9a-z]{50}; Path=\/; HttpOnly; Secure; SameSite=Strict$/i);
    const { body: me } = await callingByCookie(stage, visitor.cookie)("GET", "/v1/me");
    expect(me).toMatchObject({ by: { id: colleague.id, name: "Ana" }, session: { touchedUntil: expect.any(String) } });

    const kept = visitor.cookie;
    const out = await visitor.asks("/dashboard/logout", {});
    expect([out.status, out.headers.get("location")]).toEqual([303, `${LOGIN}?signed-out`]);
    expect(visitor.isSignedIn).toBe(false);
    expect((await callingByCookie(stage, kept)("GET", "/v1/me")).status).toBe(401);
  });

  it("is led to where they wanted to go, if that is a page of the dashboard", async () => {
    const { visitor } = await withPasskey(stage, "viewer");
    const goTo = async (back: string) => {
      const answer = JSON.stringify(visitor.authenticator.get(await visitor.asked(LOGIN)));
      return (await visitor.asks(LOGIN, { answer, to: back })).headers.get("location");
    };
    expect(await goTo("/dashboard/payments?status=paid&after=x_1")).toBe("/dashboard/payments?status=paid&after=x_1");
    for (const back of [
      "//evil.example",
      "https://evil.example",
      "/dashboard//evil.example",
      "/dashboard\\evil",
      "/v1",
    ])
      expect(await goTo(back)).toBe("/dashboard");
  });

  it("gets a cookie of their own: one that somebody planted before signs nobody in, and is ended", async () => {
    const { visitor } = await withPasskey(stage, "viewer");
    const planted = await withPasskey(stage, "viewer");
    await planted.visitor.signIn();
    visitor.steal(planted.visitor.cookie);
    const before = visitor.cookie;
    await visitor.signIn();
    expect(visitor.cookie).not.toBe(before);
    expect(await statusAs(visitor)).toBe(200);
    expect(await statusAs(planted.visitor)).toBe(401);
  });

  it.each<[string, Forged]>([
    ["of another challenge", { challenge: randomBytes(32).toString("base64url") }],
    ["of another site's page", { origin: "https://evil.example" }],
    ["of another relying party", { rpId: "evil.example" }],
    ["of nobody who was asked who they are", { userVerified: false }],
    ["made in a frame", { crossOrigin: true }],
    ["for somebody else", { userHandle: Buffer.from("op_00000000000000000000").toString("base64url") }],
    ["signed otherwise", { signedOtherwise: true }],
    ["of another ceremony", { type: "webauthn.create" }],
  ])("is not signed in by an answer %s", async (_what, forged) => {
    const { visitor } = await withPasskey(stage, "owner");
    const response = await visitor.signIn(forged);
    expect(response.status).toBe(403);
    expect(visitor.isSignedIn).toBe(false);
    // what was answered is not asked any more: an honest answer comes too late
    expect((await visitor.signIn()).status).toBe(303);
  });

  it("is signed in by each answer once, also when it comes twice at once", async () => {
    const { visitor } = await withPasskey(stage, "viewer");
    const answer = JSON.stringify(visitor.authenticator.get(await visitor.asked(LOGIN)));
    const cookie = visitor.cookie;
    const send = () => visitor.asks(LOGIN, { answer }, { cookie });
    const statuses = (await Promise.all([send(), send(), send()])).map(({ status }) => status);
    expect(statuses.sort()).toEqual([303, 403, 403]);
    expect((await send()).status).toBe(403);
  });

  it("is not signed in where the passkey counts back: one of two is a copy", async () => {
    const { visitor } = await withPasskey(stage, "viewer");
    expect((await visitor.signIn({ counter: 7 })).status).toBe(303);
    for (const counter of [7, 6, 0]) expect((await visitor.signIn({ counter })).status).toBe(403);
    expect((await visitor.signIn({ counter: 8 })).status).toBe(303);
  });

  it("is signed in once where a passkey and its copy answer two browsers at once", async () => {
    const { visitor } = await withPasskey(stage, "viewer");
    const copy = new Visitor(stage);
    const both = [visitor, copy];
    const answers = await Promise.all(
      both.map(async (one) => JSON.stringify(visitor.authenticator.get(await one.asked(LOGIN), { counter: 9 }))),
    );
    const responses = await Promise.all(both.map((one, place) => one.asks(LOGIN, { answer: answers[place] ?? "" })));
    expect(responses.map(({ status }) => status).sort()).toEqual([303, 403]);
  });

  it("answers only what their own browser was asked, and only for signing in", async () => {
    const { visitor, colleague } = await withPasskey(stage, "viewer");
    const thief = new Visitor(stage);
    const asked = await visitor.asked(LOGIN);
    const answer = JSON.stringify(visitor.authenticator.get(asked));
    await thief.asked(LOGIN);
    expect((await thief.asks(LOGIN, { answer })).status).toBe(403);
    expect((await new Visitor(stage).asks(LOGIN, { answer })).status).toBe(403);

    const { body: touch } = await colleague.api("POST", "/v1/session/touch-options");
    const touched = JSON.stringify(visitor.authenticator.get(touch));
    expect((await visitor.asks(LOGIN, { answer: touched })).status).toBe(403);
    // each is still good for what it was asked for
    expect((await visitor.asks(LOGIN, { answer })).status).toBe(303);
    expect((await colleague.api("POST", "/v1/session/touch", JSON.parse(touched))).status).toBe(200);
  });

  it("answers within five minutes", async () => {
    const { visitor } = await withPasskey(stage, "viewer");
    const answer = JSON.stringify(visitor.authenticator.get(await visitor.asked(LOGIN)));
    await stage.advance(301);
    expect((await visitor.asks(LOGIN, { answer })).status).toBe(403);
  });

  it("is not signed in who was removed, or whose passkey was, between question and answer", async () => {
    const removed = await withPasskey(stage, "viewer");
    const lost = await withPasskey(stage, "viewer");
    const answers = await Promise.all(
      [removed, lost].map(async ({ visitor }) => JSON.stringify(visitor.authenticator.get(await visitor.asked(LOGIN)))),
    );
    await stage.pool.query("update caravela.operator set removed_at = now() where id = $1", [removed.colleague.id]);
    await stage.pool.query("delete from caravela.passkey where id = $1", [lost.passkey]);
    for (const [place, { visitor }] of [removed, lost].entries())
      expect((await visitor.asks(LOGIN, { answer: answers[place] ?? "" })).status).toBe(403);
  });
});

describe("nobody", () => {
  it("is signed in by a passkey that nobody has, nor by what is no answer", async () => {
    const stranger = new Visitor(stage);
    const asked = await stranger.asked(LOGIN);
    stranger.authenticator.create({ ...asked, rp: { id: "localhost" }, user: { id: "b3A" } });
    expect((await stranger.asks(LOGIN, { answer: JSON.stringify(stranger.authenticator.get(asked)) })).status).toBe(
      403,
    );
    for (const answer of [
      "",
      "{",
      "null",
      "[]",
      '{"id":7}',
      JSON.stringify({ ...stranger.authenticator.get(asked), id: "ã" }),
    ])
      expect((await stranger.asks(LOGIN, { answer })).status).toBe(400);
    expect(stranger.isSignedIn).toBe(false);
  });

  it("is asked for anything from another site's page", async () => {
    const { visitor } = await withPasskey(stage, "viewer");
    const answer = JSON.stringify(visitor.authenticator.get(await visitor.asked(LOGIN)));
    for (const headers of [
      { "sec-fetch-site": "cross-site" },
      { "sec-fetch-site": "same-site" },
      { "sec-fetch-site": "none" },
    ])
      expect((await visitor.asks(LOGIN, { answer }, headers)).status).toBe(403);
    expect((await visitor.asks("/dashboard/logout", {}, { "sec-fetch-site": "cross-site" })).status).toBe(403);
    expect(visitor.isSignedIn).toBe(false);
  });

  it("tries without end: one address is asked to wait, and others are not", async () => {
    const visitor = new Visitor(stage);
    const tries = await Promise.all(Array.from({ length: 61 }, () => visitor.asks(`${LOGIN}/options`, {})));
    const refused = tries.filter(({ status }) => status !== 200);
    expect(refused.map(({ status }) => status)).toEqual([429]);
    expect(Number(refused[0]?.headers.get("retry-after"))).toBeGreaterThan(200);
    // as much from another address of the same network of IPv6
    const six = [new Visitor(stage, "2001:db8:1:2::1"), new Visitor(stage, "2001:db8:1:2:3::1")];
    await Promise.all(Array.from({ length: 60 }, () => six[0]?.asks(`${LOGIN}/options`, {})));
    expect((await six[1]?.asks(`${LOGIN}/options`, {}))?.status).toBe(429);
    expect((await visitor.asks(LOGIN)).status).toBe(200);
    expect((await new Visitor(stage).asks(`${LOGIN}/options`, {})).status).toBe(200);
  });
});

describe("the page of signing in", () => {
  it("loads nothing but our own files, is kept nowhere and framed by nobody, and says what it needs", async () => {
    const response = await new Visitor(stage).asks(LOGIN);
    expect(response.headers.get("content-security-policy")).toContain("default-src 'none'; script-src 'self';");
    expect(response.headers.get("content-security-policy")).toContain("frame-ancestors 'none'");
    expect(response.headers.get("cache-control")).toBe("no-store");
    const html = await response.text();
    expect(html).toContain("Passkeys need JavaScript");
    expect(html).toContain(`data-origin="${originOf(stage)}"`);
    expect(html).not.toMatch(/<script(?![^>]*( src=|application\/json))/);
  });
});
