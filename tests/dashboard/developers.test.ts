import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createPayment } from "../support/actions.ts";
import { deskOf } from "../support/dashboard.ts";
import { asOperator, type SignedIn, signedIn } from "../support/operators.ts";
import { type Stage, setStage } from "../support/stage.ts";

let stage: Stage;
let owner: SignedIn;
beforeAll(async () => {
  stage = await setStage();
  owner = await asOperator(stage, "owner", { name: "Ana" });
  await createPayment(stage);
  await stage.settle();
});
afterAll(() => stage.close());

const AT = "/dashboard/developers";

describe("what developers look at", () => {
  it("shows endpoints with how they take their events, and tries one", async () => {
    const desk = deskOf(stage, owner);
    const page = await desk.look(AT);
    expect(page.text).toMatch(/100% of \d/);
    const [, ping = ""] = /action="([^"]*\/ping)"/.exec(page.html) ?? [];
    expect((await desk.send(page, ping)).text).toContain("It answered well");
    stage.shopAnswers = 500;
    expect((await desk.send(await desk.look(AT), ping)).text).toContain("It answered HTTP 500");
    stage.shopAnswers = 200;
  });

  it("lists events, and sends what a filter finds again, once for two presses", async () => {
    const desk = deskOf(stage, owner);
    const list = await desk.look(`${AT}/events?type=payment.created`);
    expect(list.text).toContain("payment.created");
    const at = `${AT}/events/resend?type=payment.created`;
    expect(list.html).toContain(`href="${at}"`);
    const page = await desk.look(at);
    const before = stage.events.length;
    const pressed = await desk.send(page, at);
    expect(pressed.to).toBe(`${AT}/events?type=payment.created&resent=1`);
    expect((await desk.look(pressed.to ?? "")).text).toContain("1 event is sent again.");
    await desk.send(page, at);
    await stage.settle();
    expect(stage.events.length).toBe(before + 1);
    const nothing = await desk.look(`${AT}/events/resend`);
    expect((await desk.send(nothing, `${AT}/events/resend`)).status).toBe(400);
  });

  it("shows what was asked of the API, and what the server says of itself", async () => {
    const desk = deskOf(stage, owner);
    expect((await desk.look(`${AT}/requests`)).status).toBe(200);
    expect((await desk.look(`${AT}/requests?request=none`)).text).toContain("Nothing was found.");
    expect((await desk.look(`${AT}/doctor`)).text).toContain("no caravela command started this server");
  });

  it("is an owner's", async () => {
    const desk = deskOf(stage, await asOperator(stage, "support"));
    for (const at of ["", "/keys/new", "/endpoints/new", "/requests", "/doctor"]) {
      expect((await desk.look(`${AT}${at}`)).status).toBe(403);
    }
  });
});

describe("a secret", () => {
  const scopes = { name: "Till", "scope_payments:read": "on" };

  it("of a key is shown once: made, rolled and revoked", async () => {
    const desk = deskOf(stage, owner);
    const page = await desk.look(`${AT}/keys/new`);
    expect((await desk.send(page, `${AT}/keys/new`, { name: "Till" })).text).toContain("Choose one at least.");
    const made = await desk.send(page, `${AT}/keys/new`, scopes);
    const [, secret = ""] = /data-copy="([^"]+)"/.exec(made.html) ?? [];
    expect([made.status, secret.length > 20]).toEqual([201, true]);
    const again = await desk.send(page, `${AT}/keys/new`, scopes);
    expect([again.text.includes("shown already"), again.html.includes(secret)]).toEqual([true, false]);

    const all = await desk.look(AT);
    expect([all.text.match(/Till/g)?.length, all.html.includes(secret)]).toEqual([1, false]);
    const [, at = ""] = /href="([^"]*\/keys\/\w+)\/roll"/.exec(all.html) ?? [];
    const roll = await desk.look(`${at}/roll`);
    expect((await desk.send(roll, `${at}/roll`, { overlapHours: "many" })).status).toBe(422);
    expect((await desk.send(roll, `${at}/roll`, { overlapHours: "0" })).html).toMatch(/data-copy="/);
    expect((await desk.send(await desk.look(`${at}/revoke`), `${at}/revoke`)).to).toBe(`${AT}?done=revoked`);
    expect((await desk.look(AT)).text).not.toContain("Till");
  });

  it("of an endpoint likewise; what cannot be one is said with its field", async () => {
    const desk = deskOf(stage, owner);
    const at = `${AT}/endpoints/new`;
    const page = await desk.look(at);
    const bad = await desk.send(page, at, { url: "nowhere" });
    expect([bad.status >= 400, bad.text.includes("/url")]).toEqual([true, true]);
    const [own] = (await stage.api("GET", "/v1/event-endpoints")).body.data;
    const added = await desk.send(page, at, { url: `${own.url}/other`, types: "payment.paid" });
    expect(added.html).toMatch(/data-copy="whsec_/);
    const [, remove = ""] = /href="([^"]*\/endpoints\/\w+\/remove)"/.exec((await desk.look(AT)).html) ?? [];
    expect((await desk.send(await desk.look(remove), remove)).to).toBe(`${AT}?done=removed`);
  });

  it("of a key wants a touch before anything is typed", async () => {
    const desk = deskOf(stage, await signedIn(stage, owner.id, false));
    expect((await desk.look(`${AT}/keys/new`)).to).toContain("/dashboard/touch?to=");
  });
});
