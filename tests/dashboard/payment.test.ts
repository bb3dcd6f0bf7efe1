import { pageAfter } from "@caravela/platform/page-mark";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { activeMandate, askPhone, askReference, createPayment, payAtAtm, read } from "../support/actions.ts";
import { deskOf } from "../support/dashboard.ts";
import { asOperator, type SignedIn } from "../support/operators.ts";
import { type Stage, setStage } from "../support/stage.ts";

let stage: Stage;
let refunder: SignedIn;
let viewer: SignedIn;
beforeAll(async () => {
  stage = await setStage();
  refunder = await asOperator(stage, "refunder", { name: "Marta" });
  viewer = await asOperator(stage, "viewer");
});
afterAll(() => stage.close());

/** Declined on a phone, then paid at an ATM. */
async function paidAtAtm(changes: object = {}) {
  const id = await createPayment(stage, changes);
  await askPhone(stage, id, "960000002");
  await stage.advance(15);
  const { body } = await askReference(stage, id);
  await payAtAtm(stage, body.multibanco);
  await stage.settle();
  return { id, reference: String(body.multibanco.reference) };
}

describe("whoever is not signed in", () => {
  it("is led to where one signs in, and back to where they were", async () => {
    const desk = deskOf(stage, null);
    const { status, to } = await desk.look("/dashboard/payments?status=paid");
    expect([status, to]).toEqual([303, "/dashboard/login?to=%2Fdashboard%2Fpayments%3Fstatus%3Dpaid"]);
    const pressed = await desk.post("/dashboard/payments/pay_x/notes", { key: "k", text: "x" });
    expect([pressed.status, pressed.to]).toEqual([303, "/dashboard/login"]);
  });
});

describe("a customer reads something out", () => {
  it("and one hit leads straight to the payment, with its story in plain words", async () => {
    const { id, reference } = await paidAtAtm();
    const desk = deskOf(stage, refunder);
    const found = await desk.look(`/dashboard/payments?q=${reference.replace(/(\d{3})/g, "$1+").slice(0, -1)}`);
    expect([found.status, found.to]).toEqual([303, `/dashboard/payments/${id}`]);
    const { status, text, headers } = await desk.look(found.to ?? "");
    expect(status).toBe(200);
    expect(text).toContain("€5.50 Paid");
    expect(text).toContain("Nothing more happens by itself.");
    expect(text).toMatch(/MB WAY, …\d{4}\..*The try ended without money.*The customer can try again.*€5\.50 was paid/s);
    expect(headers.get("cache-control")).toBe("no-store");
    expect(headers.get("content-security-policy")).toContain("script-src 'self';");
    const inPortuguese = await deskOf(stage, refunder, "pt").look(found.to ?? "");
    expect(inPortuguese.text).toContain("Não há mais nada que aconteça automaticamente.");
  });

  it("and nothing that is found says what can be searched for", async () => {
    const { status, text } = await deskOf(stage, viewer).look("/dashboard/payments?q=000000001");
    expect(status).toBe(200);
    expect(text).toContain("Nothing was found for “000000001”");
  });
});

describe("a screen that cannot be shown", () => {
  it.each([
    ["/dashboard/payments/pay_00000000000000000000", 404],
    ["/dashboard/payments/%00", 404],
    ["/dashboard/nowhere", 404],
    ["/dashboard/payments?created_from=2026-13-01", 400],
  ])("%s is a page that says so, in the shell", async (path, expected) => {
    const { status, headers, text } = await deskOf(stage, viewer).look(path);
    expect(status).toBe(expected);
    expect(headers.get("content-type")).toContain("text/html");
    expect(text).toContain("Request id");
    expect(text).toContain("A viewer");
  });
});

describe("a press", () => {
  it("from another site does nothing, whatever cookie it brings", async () => {
    const { id } = await paidAtAtm();
    const event = stage.events.find(({ type, data }) => type === "payment.paid" && data.payment?.id === id);
    const before = stage.events.length;
    const path = `/dashboard/payments/${id}/events/${event?.id}/resend`;
    for (const headers of [{ "sec-fetch-site": "cross-site" }, { "sec-fetch-site": "same-site" }]) {
      const { status } = await deskOf(stage, refunder).post(path, { key: crypto.randomUUID() }, headers);
      expect(status).toBe(403);
    }
    await stage.settle();
    expect(stage.events.length).toBe(before);
  });

  it("sends an event again, once for two presses of one page", async () => {
    const { id } = await paidAtAtm();
    await stage.settle();
    const event = stage.events.find(({ type, data }) => type === "payment.paid" && data.payment?.id === id);
    const desk = deskOf(stage, refunder);
    const page = await desk.look(`/dashboard/payments/${id}?event=${event?.id}`);
    expect(page.text).toMatch(/HTTP 200 · \d+ ms/);
    const before = stage.events.length;
    const to = `/dashboard/payments/${id}/events/${event?.id}/resend`;
    const presses = [await desk.send(page, to), await desk.send(page, to)];
    expect(presses.map((press) => press.to)).toEqual(Array(2).fill(`/dashboard/payments/${id}?done=resend`));
    await stage.settle();
    expect(stage.events.length).toBe(before + 1);
  });

  it("whose key can be none does nothing, and says so", async () => {
    const id = await createPayment(stage);
    const desk = deskOf(stage, refunder);
    for (const key of ["", "a\0b", "k".repeat(300)]) {
      const { status } = await desk.post(`/dashboard/payments/${id}/notes`, { key, text: "Rang." });
      expect(status, JSON.stringify(key)).toBe(400);
    }
    expect((await refunder.api("GET", `/v1/payments/${id}/notes`)).body.data).toEqual([]);
  });

  it("that a role may not have is not offered, and is refused where it is made all the same", async () => {
    const { id } = await paidAtAtm();
    const desk = deskOf(stage, viewer);
    const page = await desk.look(`/dashboard/payments/${id}`);
    expect(page.html).not.toContain(`/dashboard/payments/${id}/refund`);
    const event = stage.events.find(({ data }) => data.payment?.id === id);
    const path = `/dashboard/payments/${id}/events/${event?.id}/resend`;
    const { status, text } = await desk.post(path, { key: "k" });
    expect(status).toBe(403);
    expect(text).toContain("You have no access");
  });
});

describe("a note", () => {
  it("is written once by two presses, under one's name, and is neither shown nor offered to whoever only looks", async () => {
    const id = await createPayment(stage);
    const desk = deskOf(stage, refunder);
    const page = await desk.look(`/dashboard/payments/${id}`);
    const to = `/dashboard/payments/${id}/notes`;
    for (const _press of [1, 2])
      expect((await desk.send(page, to, { text: "Rang: <one> mug is broken." })).to).toBe(
        `/dashboard/payments/${id}?done=note#notes`,
      );
    const { text } = await desk.look(`/dashboard/payments/${id}?done=note`);
    expect(text.match(/Rang: <one> mug is broken\. Marta/g)).toHaveLength(1);
    const seen = await deskOf(stage, viewer).look(`/dashboard/payments/${id}`);
    expect(seen.text).not.toContain("mug is broken");
    expect(seen.html).not.toContain(`action="${to}"`);
  });
});

describe("the language", () => {
  it("is the browser's until somebody chooses, and leads back to where they were and to nobody else", async () => {
    const desk = deskOf(stage, viewer, "pt");
    const chosen = await desk.post("/dashboard/language", { lang: "en", to: "/dashboard/payments?status=paid" });
    expect([chosen.status, chosen.to]).toEqual([303, "/dashboard/payments?status=paid"]);
    const [kept = ""] = (chosen.headers.get("set-cookie") ?? "").split(";");
    const cookie = `${viewer.cookie}; ${kept}`;
    expect((await desk.look("/dashboard/payments", { cookie })).text).toContain("Payments, newest first");
    for (const to of [
      "https://evil.example/",
      "//evil.example",
      "/pay/x",
      "/dashboard\\@evil.example",
      "/dashboard/../pay/x",
      "/dashboard/\r\nset-cookie: a=b",
      "/dashboard/\0",
      "/dashboard/São",
    ])
      expect((await desk.post("/dashboard/language", { lang: "pt", to })).to, to).toBe("/dashboard");
  });
});

describe("a screen that follows along", () => {
  it("is told at each change of what it shows, and a list at a change of any", async () => {
    const id = await createPayment(stage, { customer: { id: "c/1" } });
    const mandate = (await activeMandate(stage)).id;
    await stage.settle();
    const desk = deskOf(stage, refunder);
    const screens = [`payments/${id}`, `subscriptions/${mandate}`, "payments", "subscriptions", "refunds", "tasks"];
    const paths = await Promise.all(
      [...screens, "customers/c%2F1"].map(async (screen) => {
        const { html } = await desk.look(`/dashboard/${screen}`);
        return /data-live="([^"]*)"/.exec(html)?.[1] ?? "";
      }),
    );
    expect(paths).toEqual([...screens, "customers/c%2F1"].map((screen) => `/dashboard/live/${screen}`));
    const all = await Promise.all(paths.map((path) => hintsOf(path, refunder)));
    for (const hints of all) expect(await hints.next()).toMatch(/^id: \d+\ndata: {"version":\d+}/);
    await stage.api("POST", `/v1/payments/${id}/cancel`);
    await stage.api("POST", `/v1/mandates/${mandate}/cancel`);
    for (const hints of all) expect(await hints.next()).toMatch(/^id: \d+/);
    for (const hints of all) await hints.end();
    expect((await read(stage, id)).status).toBe("canceled");
  });

  it("follows nothing further down a list, where nothing new stands", async () => {
    const desk = deskOf(stage, refunder);
    for (const [screen, id] of [
      ["payments", "pay"],
      ["refunds", "rfd"],
      ["subscriptions", "man"],
      ["tasks", "apr"],
    ]) {
      const front = screen === "tasks" ? "approval_waiting." : "";
      const { status, html } = await desk.look(
        `/dashboard/${screen}?after=${pageAfter(`${front}${id}_00000000000000000000`, [1])}`,
      );
      expect([screen, status, html.includes("data-live=")]).toEqual([screen, 200, false]);
    }
  });

  it("tells nobody who may not read it", async () => {
    const { status } = await deskOf(stage, null).look("/dashboard/live/payments");
    expect(status).toBe(303);
    expect((await deskOf(stage, viewer).look("/dashboard/live/payments/pay_x")).status).toBe(404);
  });

  it("keeps nobody signed in, and is told nothing more once nobody is", async () => {
    const id = await createPayment(stage);
    const [one, other] = [await asOperator(stage, "viewer"), await asOperator(stage, "viewer")];
    const seenAt = async () =>
      (await stage.pool.query("select seen_at from caravela.session where id = $1", [one.session])).rows[0]?.seen_at;
    const before = await seenAt();
    await stage.stepServer(60);
    const paths = [`/dashboard/live/payments/${id}`, "/dashboard/live/payments"];
    const [own, all, others] = await Promise.all([
      ...paths.map((path) => hintsOf(path, one)),
      hintsOf(`/dashboard/live/payments/${id}`, other),
    ]);
    for (const hints of [own, all, others]) expect(await hints?.next()).toMatch(/^id: \d+/);
    expect(await seenAt()).toEqual(before);
    await stage.pool.query("delete from caravela.session where id = $1", [one.session]);
    await stage.api("POST", `/v1/payments/${id}/cancel`);
    for (const hints of [own, all]) expect(await hints?.next()).toBe("");
    expect(await others?.next()).toMatch(/^id: \d+/);
    await others?.end();
  });
});

/** What a stream tells, message by message. */
async function hintsOf(path: string, { cookie }: Pick<SignedIn, "cookie"> = viewer) {
  const over = new AbortController();
  const headers = { cookie };
  const answer = await fetch(`${stage.server.url}${path}`, { headers, signal: over.signal });
  const reader = answer.body?.pipeThrough(new TextDecoderStream()).getReader();
  return {
    next: async () => {
      for (;;) {
        const told = (await reader?.read())?.value ?? "";
        if (!told.startsWith(":")) return told;
      }
    },
    end: async () => over.abort(),
  };
}
