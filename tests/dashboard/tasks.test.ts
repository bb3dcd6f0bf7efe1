import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createPayment } from "../support/actions.ts";
import { deskOf } from "../support/dashboard.ts";
import { asOperator, type SignedIn } from "../support/operators.ts";
import { type Stage, setStage } from "../support/stage.ts";

let stage: Stage;
let support: SignedIn;
let payment: string;
beforeAll(async () => {
  stage = await setStage();
  support = await asOperator(stage, "support", { name: "Rita" });
  await fetch(`${stage.server.url}/notifications/sibs`, { method: "POST", body: "garbage" });
  stage.shopAnswers = 500;
  payment = await createPayment(stage);
  await stage.advance(600);
  stage.shopAnswers = 200;
});
afterAll(() => stage.close());

describe("what needs a person", () => {
  it("stands on one screen, with a badge on every other, and leads to where it is ended", async () => {
    const { text, html } = await deskOf(stage, support).look("/dashboard/tasks");
    // in the order that it says
    expect(text).toMatch(/waits for a second person, then what is of all your shop, then the rest, newest first/);
    expect(text).toContain("Your endpoint has not taken events (1)");
    expect(text).toContain("Notifications could not be opened (1)");
    expect(text).toContain("Send the events again.");
    expect(text).not.toContain("{");
    const places = [...html.matchAll(/href="(\/dashboard\/tasks\/[^"]*)"/g)].map(([, to = ""]) => to);
    expect(places.length).toBe(3);
    for (const to of places) expect((await deskOf(stage, support).look(to)).status).toBe(200);
    expect((await deskOf(stage, support).look("/dashboard/payments")).html).toMatch(/class="badge[^"]*">2</);
  });

  it("is shown to whoever may not end it, without the way to", async () => {
    const desk = deskOf(stage, await asOperator(stage, "viewer"));
    const { status, html } = await desk.look("/dashboard/tasks");
    expect(status).toBe(200);
    expect(html).not.toContain("/dashboard/tasks/");
    expect((await desk.look("/dashboard/tasks/notifications_refused/done")).status).toBe(403);
    expect((await desk.post("/dashboard/tasks/notifications_refused/done", { key: "k", note: "x" })).status).toBe(403);
  });

  it("is ended with a note and a name; without a note it is not", async () => {
    const desk = deskOf(stage, support);
    const at = "/dashboard/tasks/notifications_refused/done";
    const page = await desk.look(at);
    expect((await desk.send(page, at, { note: "  " })).status).toBe(422);
    expect((await desk.look("/dashboard/tasks")).text).toContain("Notifications could not be opened");
    const done = await desk.send(page, at, { note: "A test of our own." });
    expect(done.to).toBe("/dashboard/tasks?done=task");
    const after = await desk.look(done.to ?? "");
    expect(after.text).toContain("It is done with, under your name.");
    expect(after.text).not.toContain("Notifications could not be opened");
    const again = await desk.look(at);
    expect([again.status, again.text.includes("needs nobody any more")]).toEqual([404, true]);
  });

  it("of an endpoint: its events are sent again, once for two presses", async () => {
    const desk = deskOf(stage, support);
    const { html } = await desk.look("/dashboard/tasks");
    const [, at = ""] = /href="(\/dashboard\/tasks\/[^"]*resend[^"]*)"/.exec(html) ?? [];
    const undelivered = async () => (await stage.api("GET", "/v1/events")).body.data.map(isUndelivered);
    const isUndelivered = (event: { undelivered: boolean }) => event.undelivered;
    expect(await undelivered()).toEqual([true]);
    const paymentAt = `/dashboard/payments/${payment}`;
    expect((await desk.look(paymentAt)).text).toMatch(/payment\.created .* not delivered/);
    const page = await desk.look(at);
    const before = stage.events.length;
    const pressed = await desk.send(page, at);
    expect(pressed.to).toBe("/dashboard/tasks?done=resend&count=1");
    expect((await desk.look(pressed.to ?? "")).text).toContain("1 event is sent again.");
    await stage.settle();
    expect(stage.events.length).toBe(before + 1);
    expect(await undelivered()).toEqual([false]);
    expect((await desk.look(paymentAt)).text).not.toContain("not delivered");
    await desk.send(page, at);
    await stage.settle();
    expect(stage.events.length).toBe(before + 1);
  });
});
