import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { approve, askPhone, createPayment } from "../support/actions.ts";
import { authorise, newPhone } from "../support/mandates.ts";
import { type Stage, setStage } from "../support/stage.ts";

let stage: Stage;
beforeAll(async () => {
  stage = await setStage();
});
afterAll(() => stage.close());

const journalOf = async (path: string, language?: string) => {
  const headers: Record<string, string> = language === undefined ? {} : { "Accept-Language": language };
  return stage.api("GET", `/v1/${path}/journal`, undefined, headers);
};

describe("the journal of a payment", () => {
  it("tells what happened, in order, by whom, in words", async () => {
    const id = await createPayment(stage, { reference: "order-journal" });
    await askPhone(stage, id, "919999999");
    await approve(stage);
    await stage.advance(5);
    await stage.api("POST", `/v1/payments/${id}/refunds`, { amount: 100 });
    await stage.settle();

    const { status, body, headers } = await journalOf(`payments/${id}`);
    expect(status).toBe(200);
    expect(headers.get("content-language")).toBe("en");
    expect(headers.get("vary")).toContain("Accept-Language");
    const kinds = body.data.map(({ kind }: { kind: string }) => kind);
    expect(kinds.slice(0, 3)).toEqual(["payment_created", "attempt_prepared", "attempt_submitted"]);
    expect(kinds).toContain("operation_succeeded");
    expect(body.data.map(({ number }: { number: number }) => number)).toEqual(
      kinds.map((_: string, at: number) => at + 1),
    );
    const by = (kind: string) => body.data.find((one: { kind: string }) => one.kind === kind);
    expect(by("payment_created")).toMatchObject({
      by: { type: "shop", id: null, name: null },
      text: "A payment of €5.50 was asked for: order order-journal.",
    });
    expect(by("attempt_prepared").text).toBe("A try to pay was begun: MB WAY, 351#*****9999.");
    expect(by("attempt_approved")).toMatchObject({
      by: { type: "sibs" },
      text: "€5.50 was paid.",
      data: { for: "payment", amount: 550 },
    });
    expect(by("operation_requested").text).toBe("The refund of €1.00 was begun: it was asked for.");
    expect(by("attempt_submitted").data.checkoutExpiresAt).toMatch(/^\d{4}-\d\d-\d\dT.*Z$/);
    expect(JSON.stringify(body)).not.toContain("919999999");

    const inPortuguese = await journalOf(`payments/${id}`, "pt-PT,pt;q=0.9,en;q=0.5");
    expect(inPortuguese.headers.get("content-language")).toBe("pt");
    expect(inPortuguese.body.data[0].text).toBe("Foi pedido um pagamento de 5,50\u00a0€: encomenda order-journal.");
  });

  it("is as well that of a mandate and its plans", async () => {
    const mandate = await authorise(stage, newPhone(), { limit: "100.00", validUntil: "2030-12-31" });
    const plan = { amount: 1000, currency: "EUR", every: "month", reference: "club", missed: "skip" };
    const startsOn = new Date(stage.now() + 3 * 24 * 3600 * 1000).toISOString().slice(0, 10);
    const made = await stage.api("POST", `/v1/mandates/${mandate}/plans`, { ...plan, firstDate: startsOn });
    expect(made.status).toBe(201);
    await stage.advance(5 * 24 * 3600);
    const { status, body } = await journalOf(`mandates/${mandate}`);
    expect(status).toBe(200);
    const heard = body.data.find(({ kind }: { kind: string }) => kind === "mandate_heard");
    expect(heard).toMatchObject({ text: "SIBS says that it is active, limit €100.00, until 31/12/2030." });
    const ofPlan = body.data.filter(({ kind }: { kind: string }) => /^(plan|charge)_/.test(kind));
    const first = startsOn.split("-").reverse().join("/");
    expect(ofPlan.map(({ text }: { text: string }) => text)).toEqual([
      `A plan was made: €10.00 a month from ${first}.`,
      `Charge 1, of ${first}, was announced.`,
      `Charge 1, of ${first}, was begun: payment ${ofPlan[2].data.payment}.`,
      `Payment ${ofPlan[2].data.payment} of charge 1 is there.`,
    ]);
  });

  it("is of nothing where there is no such payment, or no such parameter", async () => {
    expect((await journalOf("payments/pay_00000000000000000000")).status).toBe(404);
    expect((await journalOf("mandates/nobody")).status).toBe(404);
    const id = await createPayment(stage);
    expect((await stage.api("GET", `/v1/payments/${id}/journal?limit=1`)).status).toBe(400);
  });
});
