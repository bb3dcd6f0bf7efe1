import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type TestGateway, testGateway } from "../../testing/gateway.ts";

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
  const text = await response.text();
  return { status: response.status, headers: response.headers, text, location: response.headers.get("location") ?? "" };
}

async function asked(alias: string) {
  const made = await gateway.checkout({ methods: ["MBWAY"], reference: null });
  await gateway.purchase(made, alias);
  return made;
}

describe("the phone's page", () => {
  it("shows what waits on a phone, however its number is typed", async () => {
    await asked("351#961111111");
    for (const alias of ["351#961111111", "961 111 111", "+351 961111111"]) {
      const { status, text, headers } = await open(`/phone?${new URLSearchParams({ alias })}`);
      expect(status).toBe(200);
      expect(headers.get("content-security-policy")).toContain("default-src 'none'");
      expect(text).toContain("Caravela");
      expect(text).toContain("5.50");
    }
  });

  it("approves and declines by forms without script, and a reload shows the same", async () => {
    for (const [press, word] of [
      ["approve", "Success"],
      ["decline", "Declined"],
    ] as const) {
      const made = await asked("351#962222222");
      const { status, location } = await open(`/phone/${press}`, { alias: "351#962222222", id: made.id });
      expect([status, location]).toEqual([303, `/phone?alias=351%23962222222&answered=${made.id}`]);
      expect((await gateway.status(made.id)).paymentStatus).toBe(word);
      const [first, again] = [await open(location), await open(location)];
      expect(first.status).toBe(200);
      expect(again.text).toBe(first.text);
    }
  });

  it("says too late when nothing waits any more", async () => {
    const made = await asked("351#963333333");
    await gateway.advance(240);
    const { location } = await open("/phone/approve", { alias: "351#963333333", id: made.id });
    expect(location).toContain("answered=too_late");
    expect((await open(location)).status).toBe(200);
    expect((await gateway.status(made.id)).paymentStatus).toBe("Declined");
  });

  it("is asked by its script what waits, with the seconds that are left by the gateway's clock", async () => {
    const made = await asked("351#964444444");
    await gateway.advance(100);
    const view = JSON.parse((await open("/phone/waiting?alias=351%23964444444")).text);
    expect(view).toMatchObject({
      alias: "351#964444444",
      answered: null,
      waiting: [{ id: made.id, amount: 550, merchant: "Caravela" }],
    });
    expect(view.waiting[0].secondsLeft).toBeGreaterThan(130);
    expect(view.waiting[0].secondsLeft).toBeLessThanOrEqual(140);
  });

  it("counts down to when a request can no more be answered, also where that is after its Timeout", async () => {
    await asked("351#960000008");
    await gateway.advance(250);
    const view = JSON.parse((await open("/phone/waiting?alias=351%23960000008")).text);
    expect(view.waiting[0].secondsLeft).toBeGreaterThan(40);
    expect(view.waiting[0].secondsLeft).toBeLessThanOrEqual(50);
  });

  it.each(["", "?alias=", "?alias=abc", "?alias=%00", "?alias=351%23961111111&answered=s2%00"])(
    "bears any address: /phone%s",
    async (query) => {
      expect((await open(`/phone${query}`)).status).toBe(200);
      expect((await open(`/phone/waiting${query}`)).status).toBe(200);
    },
  );

  it("bears any form", async () => {
    expect((await open("/phone/approve", { alias: "\u0000", id: "\u0000" })).status).toBe(303);
    expect((await open("/phone/approve", {})).status).toBe(400);
  });
});

describe("the ATM's page", () => {
  it("is filled in from its address", async () => {
    const { status, text } = await open("/atm?entity=24000&reference=123456789&amount=5.50");
    expect(status).toBe(200);
    for (const value of ["24000", "123456789"]) expect(text).toContain(value);
  });

  it("pays a reference however it is typed, and gives a receipt; a second time it refuses", async () => {
    const made = await gateway.checkout({ methods: ["REFERENCE"] });
    const { paymentReference } = (await gateway.generate(made)).body;
    const reference = paymentReference.reference.replace(/(\d{3})(?=\d)/g, "$1 ");
    const form = { entity: " 24000", reference, amount: "5,50 €" };
    const receipt = await open("/atm/pay", form);
    expect(receipt.text).toContain(`"kind":"receipt"`);
    expect(receipt.text).toContain(made.id);
    expect((await gateway.status(made.id)).paymentReference.status).toBe("PAID");
    expect((await open("/atm/pay", form)).text).toContain(`"reason":"already_paid"`);
  });

  it("takes whatever a slip shows, in both languages", async () => {
    for (const amount of ["€1,234.50", "1.234,50", "1\u00a0234,50\u00a0€", "1 234,50", "1234.5", "1234,50"]) {
      const made = await gateway.checkout({ amount: 1_234.5, methods: ["REFERENCE"] });
      const { entity, reference } = (await gateway.generate(made)).body.paymentReference;
      const receipt = await open("/atm/pay", {
        entity: `${entity} `,
        reference: reference.replace(/(...)/g, "$1 "),
        amount,
      });
      expect([amount, receipt.text]).toEqual([amount, expect.stringContaining(`"kind":"receipt"`)]);
    }
  });

  it.each([
    ["unknown", { entity: "24000", reference: "000000000", amount: "5.50" }],
    ["malformed", { entity: "24000", reference: "12", amount: "5.50" }],
    ["malformed", { entity: "24000", reference: "123456789", amount: "many" }],
    ["malformed", { entity: "", reference: "\u0000", amount: "" }],
  ])("gives the money back: %s", async (reason, form) => {
    const { status, text } = await open("/atm/pay", form);
    expect(status).toBe(200);
    expect(text).toContain(`"reason":"${reason}"`);
  });
});

describe("the pages' files", () => {
  it("are served under /assets/, for ever", async () => {
    const { text } = await open("/phone");
    const [script = ""] = /\/assets\/[\w.-]+\.js/.exec(text) ?? [];
    const { status, headers } = await open(script);
    expect([status, headers.get("cache-control")]).toEqual([200, "public, max-age=31536000, immutable"]);
  });
});
