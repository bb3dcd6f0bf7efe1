import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Forged } from "../support/authenticator.ts";
import { asOperator, callingByCookie, type SignedIn } from "../support/operators.ts";
import { type Stage, setStage } from "../support/stage.ts";
import { Visitor } from "../support/visitor.ts";

let stage: Stage;
let owner: SignedIn;
beforeAll(async () => {
  stage = await setStage();
  owner = await asOperator(stage, "owner", { name: "Ana" });
});
afterAll(() => stage.close());

/** Invites somebody: their id, and the path of their link. */
async function invited(name = "Rui Costa", role = "refunder") {
  const { status, body } = await owner.api("POST", "/v1/operators", { name, role });
  if (status !== 201) throw new Error(`nobody invited: ${JSON.stringify(body)}`);
  return { id: String(body.id), path: new URL(body.inviteUrl).pathname };
}

const me = async ({ cookie }: Visitor) => (await callingByCookie(stage, cookie)("GET", "/v1/me")).body;

describe("whoever is invited", () => {
  it("sees who is invited to what, makes a passkey, is signed in, and signs in by it from then on", async () => {
    const { id, path } = await invited();
    const visitor = new Visitor(stage);
    for (let looks = 0; looks < 2; looks += 1) {
      const page = await visitor.asks(path);
      expect(page.status).toBe(200);
      const html = await page.text();
      for (const words of ["Welcome, Rui Costa", "Refunder", "Loja do Cais", "15 more minutes"])
        expect(html).toContain(words);
    }
    expect(visitor.isSignedIn).toBe(false);
    const response = await visitor.accept(path);
    expect([response.status, response.headers.get("location")]).toEqual([303, "/dashboard"]);
    expect(await me(visitor)).toMatchObject({
      by: { id, name: "Rui Costa" },
      role: "refunder",
      session: { touchedUntil: expect.any(String) },
    });
    await visitor.asks("/dashboard/logout", {});
    expect((await visitor.signIn()).status).toBe(303);
    expect((await me(visitor)).by.id).toBe(id);
  });

  it("uses the link once, also of two browsers at once, and the other is told", async () => {
    const { id, path } = await invited();
    const visitors = [new Visitor(stage), new Visitor(stage)];
    const answers = await Promise.all(
      visitors.map(async (visitor) => JSON.stringify(visitor.authenticator.create(await visitor.asked(path)))),
    );
    const responses = await Promise.all(
      visitors.map((visitor, place) => visitor.asks(path, { answer: answers[place] ?? "" })),
    );
    expect(responses.map(({ status }) => status).sort()).toEqual([303, 404]);
    expect(visitors.filter(({ isSignedIn }) => isSignedIn)).toHaveLength(1);
    const { rows } = await stage.pool.query("select from caravela.passkey where operator_id = $1", [id]);
    expect(rows).toHaveLength(1);
    const late = new Visitor(stage);
    for (const response of [await late.asks(path), await late.asks(`${path}/options`, {}), await late.asks(path, {})])
      expect(response.status).toBe(404);
  });

  it.each<[string, Forged]>([
    ["of another site's page", { origin: "https://evil.example" }],
    ["of another relying party", { rpId: "evil.example" }],
    ["of nobody who was asked who they are", { userVerified: false }],
    ["of another ceremony", { type: "webauthn.get" }],
  ])("is not let in by a passkey %s, and the link stays good", async (_what, forged) => {
    const { id, path } = await invited();
    const visitor = new Visitor(stage);
    expect((await visitor.accept(path, forged)).status).toBe(403);
    expect(visitor.isSignedIn).toBe(false);
    const { rows } = await stage.pool.query("select from caravela.passkey where operator_id = $1", [id]);
    expect(rows).toHaveLength(0);
    expect((await visitor.accept(path)).status).toBe(303);
  });

  it("is not let in by the answer to another's link, nor by one that came before", async () => {
    const [mine, theirs] = [await invited(), await invited()];
    const visitor = new Visitor(stage);
    const answer = JSON.stringify(visitor.authenticator.create(await visitor.asked(theirs.path)));
    expect((await visitor.asks(mine.path, { answer })).status).toBe(403);
    expect((await visitor.asks(theirs.path, { answer })).status).toBe(303);
    // their passkey is theirs, and makes nobody else's
    const again = await visitor.accept(mine.path);
    expect(again.status).toBe(403);
    expect(await again.text()).toContain("That passkey exists already");
    expect((await new Visitor(stage).accept(mine.path)).status).toBe(303);
  });

  it("is told that the time is over, that they were removed, that there is a newer link, or that there never was one", async () => {
    const late = await invited();
    const removed = await invited();
    const renewed = await invited();
    const asked = new Visitor(stage);
    const answer = JSON.stringify(asked.authenticator.create(await asked.asked(removed.path)));
    await owner.api("DELETE", `/v1/operators/${removed.id}`);
    const newer = await owner.api("POST", `/v1/operators/${renewed.id}/invite`);
    expect((await asked.asks(removed.path, { answer })).status).toBe(404);
    await stage.pool.query("update caravela.invitation set ends_at = $2 where operator_id = $1", [
      late.id,
      new Date(stage.now() - 1),
    ]);
    const never = `/dashboard/invitations/${"a".repeat(50)}`;
    for (const path of [late.path, removed.path, renewed.path, never, "/dashboard/invitations/x"]) {
      const response = await new Visitor(stage).asks(path);
      expect(response.status).toBe(404);
      expect(await response.text()).toContain("This link is not good any more");
    }
    expect((await new Visitor(stage).accept(new URL(newer.body.inviteUrl).pathname)).status).toBe(303);
  });

  it("comes back by a new link when the passkey is lost, and what they did stays theirs", async () => {
    const { id, path } = await invited();
    const first = new Visitor(stage);
    await first.accept(path);
    const { body } = await owner.api("POST", `/v1/operators/${id}/invite`);
    const second = new Visitor(stage);
    await second.accept(new URL(body.inviteUrl).pathname);
    expect((await me(second)).by.id).toBe(id);
    // the lost one is still theirs until they remove it
    expect((await (await second.asks("/dashboard/passkeys")).text()).match(/Remove Passkey/g)).toHaveLength(2);
  });
});

describe("signing in", () => {
  it("stands in the audit, also where it was not accepted, without a word of the answer", async () => {
    const { id, path } = await invited();
    const visitor = new Visitor(stage);
    await visitor.accept(path);
    await visitor.signIn({ userVerified: false });
    await visitor.signIn();
    const { data } = (await owner.api("GET", `/v1/audit?subject=${id}`)).body;
    const told = data.map(({ operation, kind, status, by }: Record<string, unknown>) => [operation, kind, status, by]);
    const nobody = { type: "unknown", id: null, name: null };
    expect(told.slice(0, 6).reverse()).toEqual([
      ["acceptInvitation", "asked", null, nobody],
      ["acceptInvitation", "answered", 200, nobody],
      ["signIn", "asked", null, nobody],
      ["signIn", "answered", 403, nobody],
      ["signIn", "asked", null, nobody],
      ["signIn", "answered", 200, nobody],
    ]);
  });
});

describe("one's own pages", () => {
  it("touch the passkey and lead back, add one, remove one, and lead whoever is not signed in to the login", async () => {
    const { path } = await invited();
    const visitor = new Visitor(stage);
    const out = await visitor.asks("/dashboard/passkeys");
    expect([out.status, out.headers.get("location")]).toEqual([303, "/dashboard/login?to=%2Fdashboard%2Fpasskeys"]);
    await visitor.accept(path);
    await stage.pool.query("update caravela.session set touched_at = null where operator_id = $1", [
      (await me(visitor)).by.id,
    ]);
    const untouched = await (await visitor.asks("/dashboard/passkeys")).text();
    expect(untouched).toContain("/dashboard/touch?to=%2Fdashboard%2Fpasskeys");
    const first = visitor.authenticator;
    const answer = JSON.stringify(first.get(await visitor.asked("/dashboard/touch")));
    const touched = await visitor.asks("/dashboard/touch", { answer, to: "/dashboard/passkeys" });
    expect([touched.status, touched.headers.get("location")]).toEqual([303, "/dashboard/passkeys"]);
    expect((await me(visitor)).session.touchedUntil).not.toBeNull();
    expect((await visitor.asks("/dashboard/touch", { answer })).status).toBe(403);

    const second = new Visitor(stage).authenticator;
    const made = JSON.stringify(second.create(await visitor.asked("/dashboard/passkeys")));
    expect((await visitor.asks("/dashboard/passkeys", { answer: made, name: "Phone <b>" })).status).toBe(303);
    const html = await (await visitor.asks("/dashboard/passkeys")).text();
    expect(html).toContain("Phone &lt;b>");
    const [one = "", other = ""] = [...html.matchAll(/passkeys\/(pky_\w+)\/remove/g)].map(([, id]) => id);
    expect((await visitor.asks(`/dashboard/passkeys/${one}/remove`, {})).status).toBe(303);
    const last = await visitor.asks(`/dashboard/passkeys/${other}/remove`, {});
    expect([last.status, (await last.text()).includes("your only passkey")]).toEqual([403, true]);
    visitor.authenticator = second;
    expect((await visitor.signIn()).status).toBe(303);
  });
});
