import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { askForMandate } from "../../../testing/ask-for-mandate.ts";
import { type TestGateway, testGateway } from "../../../testing/gateway.ts";

let gateway: TestGateway;
beforeAll(async () => {
  gateway = await testGateway();
});
afterAll(() => gateway.close());

const FORM = { "content-type": "application/x-www-form-urlencoded", "accept-language": "en" };

/** Opens a page, or sends a form, without following where it leads. */
async function open(path: string, form?: Record<string, string>) {
  const response = await fetch(`${gateway.url}${path}`, {
    redirect: "manual",
    headers: form === undefined ? { "accept-language": "en" } : FORM,
    ...(form === undefined ? {} : { method: "POST", body: new URLSearchParams(form) }),
  });
  return { status: response.status, text: await response.text(), location: response.headers.get("location") ?? "" };
}

const viewOf = async (alias: string) =>
  JSON.parse((await open(`/phone/waiting?${new URLSearchParams({ alias })}`)).text);

/** What a page was drawn from. */
const drawnFrom = (html: string) => JSON.parse(/id="view">(.*?)<\/script>/s.exec(html)?.[1] ?? "");

describe("a request for an authorised payment", () => {
  it("has the limit and the end filled in", async () => {
    const alias = "351#961000001";
    const { transactionId } = await askForMandate(gateway, { phone: alias });
    const { waiting, mandates, today } = await viewOf(alias);
    const year = Number(today.slice(0, 4));
    expect(waiting).toEqual([
      {
        id: transactionId,
        kind: "mandate",
        type: "subscription",
        merchant: "Caravela",
        description: "Coffee each month",
        customerName: "Jane Doe",
        secondsLeft: expect.any(Number),
        terms: { limit: "100.00", validUntil: expect.stringMatching(`^${year + 1}-`) },
      },
    ]);
    expect(mandates).toEqual([]);
  });

  it("is approved with what was set, and a reload shows the same", async () => {
    const alias = "351#961000002";
    const { transactionId: id } = await askForMandate(gateway, { phone: alias });
    const sent = await open("/phone/approve", { alias, id, limit: "50", validUntil: "2031-12-31" });
    expect([sent.status, sent.location]).toEqual([303, `/phone?alias=351%23961000002&answered=${id}`]);
    for (const { text } of [await open(sent.location), await open(sent.location)]) {
      expect(drawnFrom(text)).toMatchObject({
        answered: { outcome: "authorised", merchant: "Caravela", limit: 5_000, validUntil: "2031-12-31" },
        mandates: [{ id, status: "active", limit: 5_000, available: 5_000, validUntil: "2031-12-31" }],
      });
      expect(text).toContain("Caravela may charge up to €50.00 a month, and only until 31 December 2031.");
    }
  });

  it("is never taken away under somebody's fingers: without script the page looks by itself only where nothing is typed", async () => {
    const page = "/phone?alias=351%23961000005";
    expect((await open(page)).text).toContain(`http-equiv="refresh"`);
    await askForMandate(gateway, { phone: "351#961000005" });
    const { text } = await open(page);
    expect(text).not.toContain(`http-equiv="refresh"`);
    expect(text).toContain("See what is new");
  });

  it("is nobody else's to see: another phone is told no more than that it is over", async () => {
    const alias = "351#961000006";
    const { transactionId: id } = await askForMandate(gateway, { phone: alias });
    await open("/phone/approve", { alias, id, limit: "50", validUntil: "2031-12-31" });
    const { text } = await open(`/phone?alias=351%23961000007&answered=${id}`);
    expect(drawnFrom(text)).toMatchObject({ answered: { outcome: "too_late" }, mandates: [] });
  });

  it("is declined", async () => {
    const alias = "351#961000003";
    const { transactionId: id } = await askForMandate(gateway, { phone: alias });
    const { location } = await open("/phone/decline", { alias, id, limit: "0", validUntil: "" });
    expect(drawnFrom((await open(location)).text)).toMatchObject({
      answered: { outcome: "declined", merchant: "Caravela" },
      mandates: [],
      waiting: [],
    });
  });

  it.each([
    ["limit", { limit: "0", validUntil: "2020-01-01" }, { limit: "not_above_zero", validUntil: "past" }],
    ["limit", { limit: "", validUntil: "2031-12-31" }, { limit: "not_an_amount", validUntil: null }],
    ["validUntil", { limit: "50", validUntil: "" }, { limit: null, validUntil: "not_a_date" }],
  ])(
    "waits on with what cannot be beside its field, the first of them (%s) in view: %j",
    async (field, typed, problems) => {
      const alias = "351#961000004";
      const { transactionId: id } = await askForMandate(gateway, { phone: alias });
      const { status, location } = await open("/phone/approve", { alias, id, ...typed });
      expect(status).toBe(303);
      expect(location.endsWith(`#${id}-${field}`)).toBe(true);
      const { text } = await open(location);
      expect(drawnFrom(text).refused).toEqual({ id, ...typed, problems });
      expect(text).toContain(`id="${id}-${field}-problem"`);
      expect((await gateway.waiting(alias)).map((one) => one.id)).toContain(id);
    },
  );
});

describe("the list of authorised payments", () => {
  async function approved(alias: string): Promise<string> {
    const { transactionId: id } = await askForMandate(gateway, { phone: alias });
    await open("/phone/approve", { alias, id, limit: "50", validUntil: "2031-12-31" });
    return id;
  }

  it("pauses, reactivates, changes and ends one by forms without script, and comes back to it", async () => {
    const alias = "351#962000001";
    const id = await approved(alias);
    for (const [press, more, shown] of [
      ["suspend", {}, { status: "suspended" }],
      ["reactivate", {}, { status: "active" }],
      ["change", { limit: "20,5", validUntil: "2030-01-31" }, { limit: 2_050, validUntil: "2030-01-31" }],
      ["cancel", {}, { status: "canceled" }],
    ] as const) {
      const { status, location } = await open(`/phone/mandates/${press}`, { alias, id, ...more });
      expect([status, location]).toEqual([303, `/phone?alias=351%23962000001#${id}`]);
      expect((await viewOf(alias)).mandates).toMatchObject([{ id, ...shown }]);
    }
    const late = await open("/phone/mandates/suspend", { alias, id });
    expect(late.location).toBe("/phone?alias=351%23962000001&answered=too_late");
  });

  it("opens the change again where it cannot be, and changes nothing", async () => {
    const alias = "351#962000002";
    const id = await approved(alias);
    const { location } = await open("/phone/mandates/change", { alias, id, limit: "0", validUntil: "2031-12-31" });
    const { text } = await open(location);
    expect(text).toMatch(/<details [^>]*open/);
    expect(text).toContain("The limit has to be above zero.");
    expect((await viewOf(alias)).mandates).toMatchObject([{ limit: 5_000 }]);
  });

  it("bears any form", async () => {
    const alias = "351#962000003";
    expect((await open("/phone/mandates/cancel", { alias, id: "\u0000" })).location).toContain("too_late");
    expect((await open("/phone/mandates/cancel", { alias: "\u0000", id: "s2AAAAAAAAAAAAAAAAAA" })).status).toBe(303);
    expect((await open("/phone/mandates/cancel", {})).status).toBe(400);
    expect((await open("/phone?alias=351%23962000003&refused=%00&limit=%00&validUntil=%00")).status).toBe(200);
  });
});
