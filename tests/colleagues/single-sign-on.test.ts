import { Secret } from "@caravela/platform/secret";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { deskOf } from "../support/dashboard.ts";
import { asOperator, callingByCookie } from "../support/operators.ts";
import { CLIENT, type RunningProvider, startProvider, throughProvider } from "../support/provider.ts";
import { freePort } from "../support/shop.ts";
import { type Stage, setStage } from "../support/stage.ts";
import { Visitor } from "../support/visitor.ts";

const START = "/dashboard/login/sign-on";

let stage: Stage;
let provider: RunningProvider;
let callback: string;
beforeAll(async () => {
  const port = await freePort();
  callback = `http://localhost:${port}${START}/callback`;
  provider = await startProvider(callback);
  const signOn = {
    issuer: provider.issuer,
    clientId: CLIENT.id,
    clientSecret: new Secret(CLIENT.secret),
    rolesClaim: "roles",
  };
  stage = await setStage({ port, signOn });
});
afterAll(async () => {
  await stage?.close();
  await provider?.close();
});

/** Signs somebody in at the provider, in a browser here: what the page says that they come back to. */
async function signOn(visitor: Visitor, who: string | null, start = START) {
  provider.signsIn = who;
  const begun = await visitor.asks(start);
  expect(begun.status).toBe(303);
  const back = await throughProvider(String(begun.headers.get("location")), callback);
  const came = new URL(back);
  const response = await visitor.asks(`${came.pathname}${came.search}`);
  return { status: response.status, html: await response.text(), path: `${came.pathname}${came.search}` };
}

const me = async ({ cookie }: Visitor) => callingByCookie(stage, cookie === "" ? "none=" : cookie)("GET", "/v1/me");

describe("by the company's own provider", () => {
  it("somebody is signed in with the role that it says, and led on", async () => {
    provider.accounts.set("ana", { name: "Ana Sousa", roles: ["everybody", "caravela-accountant"] });
    const visitor = new Visitor(stage);
    const { status, html } = await signOn(visitor, "ana");
    expect(status).toBe(200);
    expect(html).toContain('http-equiv="refresh" content="0; url=/dashboard"');
    const { body } = await me(visitor);
    expect(body).toMatchObject({ by: { name: "Ana Sousa" }, role: "accountant", session: { touchedUntil: null } });
    expect(await (await visitor.asks("/dashboard/login")).text()).toContain("Sign in with your company account");
  });

  it("somebody whose role or name changed there has the new one at the next signing in, and is the same here", async () => {
    provider.accounts.set("rui", { name: "Rui", roles: "viewer" });
    const first = new Visitor(stage);
    await signOn(first, "rui");
    const before = (await me(first)).body;
    provider.accounts.set("rui", { name: "Rui Costa", roles: "owner" });
    const second = new Visitor(stage);
    await signOn(second, "rui");
    const after = (await me(second)).body;
    expect(after).toMatchObject({ by: { id: before.by.id, name: "Rui Costa" }, role: "owner" });
    expect((await me(first)).body.role).toBe("owner");
  });

  it("nobody comes in who has no role, or who refuses, or was removed here", async () => {
    provider.accounts.set("eva", { name: "Eva", roles: ["staff"] });
    const visitor = new Visitor(stage);
    const none = await signOn(visitor, "eva");
    expect([none.status, none.html.includes("has no role in this dashboard")]).toEqual([403, true]);
    const refused = await signOn(visitor, null);
    expect([refused.status, refused.html.includes("did not confirm who you are")]).toEqual([403, true]);

    provider.accounts.set("rita", { roles: "viewer" });
    await signOn(visitor, "rita");
    const { by } = (await me(visitor)).body;
    expect(by.name).toBe("rita");
    await stage.pool.query("update caravela.operator set removed_at = now() where id = $1", [by.id]);
    expect((await signOn(new Visitor(stage), "rita")).status).toBe(403);
    expect((await me(visitor)).status).toBe(401);
  });

  it("what comes back is good once, in the browser that began, and as the provider sent it", async () => {
    provider.accounts.set("ana", { name: "Ana Sousa", roles: ["accountant"] });
    provider.signsIn = "ana";
    const [visitor, thief] = [new Visitor(stage), new Visitor(stage)];
    const begun = await visitor.asks(START);
    const back = new URL(await throughProvider(String(begun.headers.get("location")), callback));
    expect((await thief.asks(`${back.pathname}${back.search}`)).status).toBe(403);
    await thief.asks(START);
    expect((await thief.asks(`${back.pathname}${back.search}`)).status).toBe(403);
    expect(thief.isSignedIn).toBe(false);

    const spoilt = new URL(back);
    spoilt.searchParams.set("state", "another");
    expect((await visitor.asks(`${spoilt.pathname}${spoilt.search}`)).status).toBe(403);
    expect((await visitor.asks(`${back.pathname}${back.search}`)).status).toBe(403); // it was answered already
    expect(visitor.isSignedIn).toBe(false);

    const late = new Visitor(stage);
    const asked = await late.asks(START);
    const tooLate = new URL(await throughProvider(String(asked.headers.get("location")), callback));
    await stage.pool.query("update caravela.challenge set ends_at = $1 where purpose = 'sign_on'", [
      new Date(stage.now() - 1),
    ]);
    expect((await late.asks(`${tooLate.pathname}${tooLate.search}`)).status).toBe(403);

    const again = new Visitor(stage);
    const { path } = await signOn(again, "ana");
    expect(again.isSignedIn).toBe(true);
    expect((await again.asks(path)).status).toBe(403);
  });

  it("whoever signs in there has no passkey here, and touches by signing in there anew", async () => {
    provider.accounts.set("dora", { name: "Dora", roles: ["owner"] });
    const visitor = new Visitor(stage);
    await signOn(visitor, "dora");
    const api = callingByCookie(stage, visitor.cookie);
    const key = { name: "Till", scopes: ["payments:read"] };
    expect((await api("POST", "/v1/keys", key)).body.type).toBe("/problems/touch_required");
    expect((await api("POST", "/v1/session/touch-options")).body.type).toBe("/problems/no_passkey");
    expect(await (await visitor.asks("/dashboard/touch")).text()).toContain(`${START}?fresh&amp;to=%2Fdashboard"`);
    const { html } = await signOn(visitor, "dora", `${START}?fresh&to=%2Fdashboard%2Fpayments%3Fstatus%3Dpaid`);
    expect(html).toContain('content="0; url=/dashboard/payments?status=paid"');
    const touched = callingByCookie(stage, visitor.cookie);
    expect((await touched("POST", "/v1/keys", key)).status).toBe(201);
    expect((await touched("POST", "/v1/passkeys/options")).body.type).toBe("/problems/signs_on_elsewhere");
    const owner = await asOperator(stage, "owner");
    const { by } = (await touched("GET", "/v1/me")).body;
    const link = await owner.api("POST", `/v1/operators/${by.id}/invite`);
    expect([link.status, link.body.type]).toEqual([409, "/problems/signs_on_elsewhere"]);
    const changed = (changes: object) => owner.api("POST", `/v1/operators/${by.id}`, changes);
    for (const changes of [{ role: "viewer" }, { name: "Theodora" }, { role: "viewer", refundLimit: 100 }])
      expect((await changed(changes)).body).toMatchObject({ status: 409, type: "/problems/said_by_provider" });
    const same = { name: "Dora", role: "owner", refundLimit: 5_000 };
    expect(await changed(same)).toMatchObject({ status: 200, body: { ...same, signsOn: true } });
    const desk = deskOf(stage, owner);
    const at = `/dashboard/team/${by.id}/change`;
    const page = await desk.look(at);
    expect(page.text).toContain("its provider says their name and role");
    expect(page.html).not.toContain('name="role"');
    expect((await desk.send(page, at, { refundLimit: "70" })).to).toBe("/dashboard/team?done=change");
    const { data } = (await owner.api("GET", "/v1/operators")).body;
    expect(data).toContainEqual(
      expect.objectContaining({ id: by.id, name: "Dora", role: "owner", refundLimit: 7_000 }),
    );
  });

  it("nobody is signed in while it does not answer, and the page says so", async () => {
    const quiet = new Visitor(stage);
    const begun = await quiet.asks(START);
    const back = new URL(await throughProvider(String(begun.headers.get("location")), callback));
    await provider.close();
    const response = await quiet.asks(`${back.pathname}${back.search}`);
    expect(response.status).toBe(403);
    expect(quiet.isSignedIn).toBe(false);
  });
});
