import { Secret } from "@caravela/platform/secret";
import { sealNotification } from "@caravela/sibs/notification";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { approve, askPhone, askReference, createPayment, payAtAtm, read, transactionsOf } from "../support/actions.ts";
import { ANA, createCardPayment, payByCard } from "../support/cards.ts";
import { authorise, newPhone } from "../support/mandates.ts";
import { CAIS, SERRA, setTwoShops, type TwoShops } from "../support/two-shops.ts";

let shops: TwoShops;
beforeAll(async () => {
  shops = await setTwoShops();
});
afterAll(() => shops.stage.close());

/** At which terminals SIBS has the transactions of what we sent under an id. */
async function whereIs(id: string): Promise<string[]> {
  return (await transactionsOf(shops.stage, id)).map((one: { terminalId: string }) => one.terminalId);
}

/** Posts what one of the secrets seals. */
async function notify(plaintext: object, secret: Secret | undefined) {
  const sealed = await sealNotification(plaintext, secret?.reveal() ?? "");
  return fetch(`${shops.stage.server.url}/notifications/sibs`, { method: "POST", ...sealed });
}

const refusedSoFar = async () => {
  const metrics = await (await fetch(`${shops.stage.server.url}/metrics`)).text();
  return Number(/refused_total\{reason="other_terminal"\} (\d+)/.exec(metrics)?.[1] ?? 0);
};

/** A payment of a shop whose phone was asked. */
async function asked(terminal: string, stage = shops.stage) {
  const id = await createPayment(stage, { terminal });
  const phone = newPhone();
  const { body } = await askPhone(stage, id, phone);
  return { id, phone, attempt: body as { id: string; transactionId: string } };
}

/** What SIBS would notify of its success. */
const paidNotice = (transactionID: string, own: string, terminalId?: string) => ({
  returnStatus: { statusCode: "000", statusMsg: "Success" },
  paymentStatus: "Success",
  paymentMethod: "MBWAY",
  paymentType: "PURS",
  transactionID,
  amount: { currency: "EUR", value: 5.5 },
  merchant: { transactionId: own, ...(terminalId !== undefined && { terminalId: Number(terminalId) }) },
  notificationID: crypto.randomUUID(),
});

describe("two shops on one server", () => {
  it("a payment is of the terminal that it names, or else of the first; of no other can one be made", async () => {
    const { stage } = shops;
    expect((await read(stage, await createPayment(stage))).terminal).toBe(CAIS);
    expect((await read(stage, await createPayment(stage, { terminal: SERRA }))).terminal).toBe(SERRA);
    const order = { amount: 550, currency: "EUR", reference: "order", terminal: "777" };
    const other = await stage.api("POST", "/v1/payments", { ...order, methods: ["gold"] });
    expect([other.status, other.body.errors.map(({ field }: { field: string }) => field)]).toEqual([
      422,
      ["/terminal", "/methods/0"],
    ]);
    expect((await stage.api("POST", "/v1/payments", { ...order, terminal: "Serra" })).status).toBe(400);
  });

  it.each([CAIS, SERRA])("is paid by every method at its own terminal: %s", async (terminal) => {
    const { stage } = shops;
    const byPhone = await asked(terminal);
    await approve(stage, byPhone.phone);
    const byReference = await createPayment(stage, { terminal });
    const { multibanco } = (await askReference(stage, byReference)).body;
    expect(multibanco.entity).toBe(terminal === CAIS ? "24000" : "21999");
    await payAtAtm(stage, multibanco);
    const byCard = await createCardPayment(stage, { terminal, saveCard: true });
    await payByCard(stage, byCard, "4111111111111111");
    const mandate = await authorise(stage, newPhone(), { terminal, type: "oneclick", limit: "100.00" });
    const byMandate = await createPayment(stage, { terminal });
    await stage.api("POST", `/v1/payments/${byMandate}/attempts`, { method: "mandate", mandate });
    await stage.settle();
    for (const id of [byPhone.id, byReference, byCard, byMandate]) {
      const { status, attempts } = await read(stage, id);
      expect([status, attempts.length], id).toEqual(["paid", 1]);
      expect(await whereIs(attempts[0].id)).toEqual([terminal]);
    }
    expect((await stage.api("GET", `/v1/mandates/${mandate}`)).body.terminal).toBe(terminal);
    const refund = await stage.api("POST", `/v1/payments/${byPhone.id}/refunds`, { amount: 100 });
    expect(refund.body.status).toBe("succeeded");
    expect(await whereIs(refund.body.id)).toEqual([terminal]);
  });

  it("each has its own logo and colour on its own pages, of which nothing runs and which stay in the browser", async () => {
    const { stage } = shops;
    for (const [terminal, other] of [
      [CAIS, SERRA],
      [SERRA, CAIS],
    ]) {
      const { payUrl } = await read(stage, await createPayment(stage, { terminal }));
      const html = await (await fetch(payUrl)).text();
      expect(html.match(/<img [^>]*>/g)).toEqual([
        expect.stringMatching(`class="logo" src="/assets/shop/logo-of-${terminal}.svg" alt`),
      ]);
      expect(html.match(/\/assets\/shop\/[^"]*css/)?.[0]).toBe(`/assets/shop/colour-of-${terminal}.css`);
      expect(html.includes(`href="mailto:${terminal}@example.pt"`)).toBe(true);
      expect(html.includes(`of-${other}`)).toBe(false);
      const logo = await fetch(`${stage.server.url}/assets/shop/logo-of-${terminal}.svg`);
      expect([logo.status, await logo.text()]).toEqual([200, expect.stringContaining(`id="of-${terminal}"`)]);
      expect(Object.fromEntries(logo.headers)).toMatchObject({
        "content-type": "image/svg+xml",
        "content-security-policy": expect.stringMatching(/^default-src 'none';.* sandbox$/),
        "x-content-type-options": "nosniff",
        "cache-control": expect.stringContaining("immutable"),
      });
    }
    const nobodys = await fetch(`${stage.server.url}/assets/shop/logo-of-nobody.svg`, { redirect: "manual" });
    expect([nobodys.status, nobodys.headers.get("cache-control")]).toEqual([404, "no-store"]);
  });

  it("charges no card and no mandate of the other", async () => {
    const { stage } = shops;
    const cards = (await stage.api("GET", `/v1/tokens?customer=${ANA.id}`)).body.data;
    const made = await createPayment(stage, { terminal: SERRA, customer: ANA });
    const tried = await Promise.all(
      cards.map((card: { id: string }) =>
        stage.api("POST", `/v1/payments/${made}/attempts`, { method: "token", token: card.id, secureCode: "123" }),
      ),
    );
    expect(tried.map(({ status }) => status).sort()).toEqual([201, 422]);
    const mandate = await authorise(stage, newPhone(), {
      terminal: CAIS,
      type: "oneclick",
      customer: { id: "c7", name: "Ana" },
    });
    const theirs = await createPayment(stage, { terminal: SERRA, customer: { id: "c7" } });
    const charged = await stage.api("POST", `/v1/payments/${theirs}/attempts`, { method: "mandate", mandate });
    expect([charged.status, charged.body.type]).toEqual([422, "/problems/unknown_mandate"]);
    const offered = { amount: 550, currency: "EUR", reference: "o", customer: { id: "c7" }, mandates: [mandate] };
    expect((await stage.api("POST", "/v1/payments", { ...offered, terminal: SERRA })).status).toBe(422);
    expect((await stage.api("POST", "/v1/payments", { ...offered, terminal: CAIS })).status).toBe(201);
  });

  it("both may ask one phone for the same words at once", async () => {
    const phone = newPhone();
    const wanted = { phone, customer: { name: "Ana" }, type: "oneclick", description: "Box of the month" };
    for (const terminal of [CAIS, SERRA]) {
      const made = await shops.stage.api("POST", "/v1/mandates", { ...wanted, terminal });
      expect([made.status, made.body.terminal]).toEqual([201, terminal]);
      expect((await shops.stage.api("POST", "/v1/mandates", { ...wanted, terminal })).status).toBe(409);
    }
  });

  it("tries by card are counted for each terminal by itself", async () => {
    const { stage } = shops;
    await stage.restartServer({ cardLimits: { perPayment: 0, perAddress: 0, perTerminal: 20 } });
    try {
      await stage.pool.query(
        "insert into caravela.card_try (at, payment_id, terminal) select $1, 'pay_1', $2 from generate_series(1, 20)",
        [new Date(stage.now()), CAIS],
      );
      const tried = async (terminal: string) =>
        (await payByCard(stage, await createCardPayment(stage, { terminal }), "4111111111111111")).status;
      expect([await tried(CAIS), await tried(SERRA)]).toEqual([429, 201]);
    } finally {
      await stage.restartServer({ cardLimits: { perPayment: 0, perAddress: 0, perTerminal: 0 } });
    }
  });

  it("customers see whom they pay", async () => {
    const { stage } = shops;
    for (const [terminal, name] of [
      [CAIS, "Loja do Cais"],
      [SERRA, "Queijos da Serra"],
    ] as const) {
      const { payUrl } = await read(stage, await createPayment(stage, { terminal }));
      expect(await (await fetch(payUrl)).text()).toContain(name);
    }
  });
});

describe("a notification", () => {
  it("touches nothing of the other terminal's, and waits unmatched", async () => {
    const { stage, serra } = shops;
    const { id, attempt } = await asked(CAIS);
    const notice = paidNotice(attempt.transactionId, attempt.id, SERRA);
    expect((await notify(notice, serra.webhookSecrets[0])).status).toBe(200);
    await stage.settle();
    const { rows } = await stage.pool.query("select terminals, subject_id from caravela.notification where id = $1", [
      notice.notificationID,
    ]);
    expect(rows).toEqual([{ terminals: [SERRA], subject_id: null }]);
    const facts = await stage.pool.query("select kind from caravela.fact where subject_id = $1", [id]);
    expect(facts.rows.map(({ kind }) => kind)).not.toContain("attempt_notified");
  });

  it("that names the terminal of another secret is refused and counted, and stored nowhere", async () => {
    const { serra } = shops;
    const before = await refusedSoFar();
    const { attempt } = await asked(SERRA);
    for (const named of [CAIS, "777"]) {
      const answer = await notify(paidNotice(attempt.transactionId, attempt.id, named), serra.webhookSecrets[0]);
      expect(answer.status).toBe(400);
      expect(await answer.json()).toMatchObject({ type: "/problems/notification_unreadable" });
    }
    expect(await refusedSoFar()).toBe(before + 2);
  });

  it("of a secret that both share is of the terminal that it names", async () => {
    const { stage, cais, serra } = shops;
    const [secret] = cais.webhookSecrets;
    await stage.restartServer({ terminals: [cais, { ...serra, webhookSecrets: cais.webhookSecrets }] });
    try {
      const [ofCais, ofSerra] = [await asked(CAIS), await asked(SERRA)];
      const wrong = paidNotice(ofCais.attempt.transactionId, ofCais.attempt.id, SERRA);
      const right = paidNotice(ofSerra.attempt.transactionId, ofSerra.attempt.id, SERRA);
      const silent = paidNotice(ofCais.attempt.transactionId, ofCais.attempt.id);
      for (const notice of [wrong, right, silent]) expect((await notify(notice, secret)).status).toBe(200);
      expect((await notify(paidNotice("s2x", "att_x", "777"), secret)).status).toBe(400);
      await stage.settle();
      const { rows } = await stage.pool.query(
        "select id, terminals, subject_id from caravela.notification where id = any($1)",
        [[wrong, right, silent].map(({ notificationID }) => notificationID)],
      );
      const by = Object.fromEntries(rows.map(({ id, terminals, subject_id }) => [id, [terminals, subject_id]]));
      expect(by[wrong.notificationID]).toEqual([[SERRA], null]);
      expect(by[right.notificationID]).toEqual([[SERRA], ofSerra.id]);
      expect(by[silent.notificationID]).toEqual([[CAIS, SERRA], ofCais.id]);
    } finally {
      await stage.restartServer({ terminals: [cais, serra] });
    }
  });
});

describe("a terminal", () => {
  it("whose credentials are wrong keeps only its own shop from being paid", async () => {
    const { stage, cais, serra } = shops;
    await stage.restartServer({ terminals: [cais, { ...serra, token: new Secret("another") }] });
    try {
      const theirs = await createPayment(stage, { terminal: SERRA });
      expect((await askPhone(stage, theirs, newPhone())).body).toMatchObject({ status: "failed" });
      const ours = await asked(CAIS);
      await approve(stage, ours.phone);
      await stage.settle();
      expect((await read(stage, ours.id)).status).toBe("paid");
    } finally {
      await stage.restartServer({ terminals: [cais, serra] });
    }
  });
});

describe("a terminal that is taken out of the settings", () => {
  let gone: TwoShops;
  beforeAll(async () => {
    gone = await setTwoShops();
  });
  afterAll(() => gone.stage.close());

  it("leaves what is its own as it is: nobody else is asked for it, and a person is told after a day", async () => {
    const { stage, cais, serra } = gone;
    const live = await asked(SERRA, stage);
    const paid = await asked(SERRA, stage);
    await approve(stage, paid.phone);
    await stage.settle();
    const open = await createPayment(stage, { terminal: SERRA });
    await stage.restartServer({ terminals: [cais] });
    try {
      for (const [path, body] of [
        [`/v1/payments/${open}/attempts`, { method: "mbway", phone: newPhone() }],
        [`/v1/payments/${paid.id}/refunds`, { amount: 100 }],
      ] as const) {
        const refused = await stage.api("POST", path, body);
        expect([refused.status, refused.body]).toEqual([
          409,
          expect.objectContaining({ type: "/problems/terminal_not_served", terminal: SERRA }),
        ]);
      }
      const { payUrl } = await read(stage, open);
      const pressed = await fetch(`${payUrl}/mbway`, {
        method: "POST",
        headers: { accept: "application/json" },
        body: new URLSearchParams({ request: "0", phone: newPhone() }),
      });
      expect(await pressed.json()).toMatchObject({ methods: [], screen: { kind: "nothing_to_choose" } });
      expect((await read(stage, open)).attempts).toEqual([]);
      await approve(stage, live.phone);
      await stage.advance(25 * 3600);
      expect(await read(stage, live.id)).toMatchObject({ status: "pending", attention: { reason: "in_doubt" } });
      expect(await read(stage, paid.id)).toMatchObject({ status: "paid", refunds: [] });
    } finally {
      await stage.restartServer({ terminals: [cais, serra] });
    }
    await stage.advance(2 * 3600);
    expect(await read(stage, live.id)).toMatchObject({ status: "paid", attention: null });
  });

  it("what was made before payments kept their terminal is of the one of then, whichever is the first today", async () => {
    const { stage, cais, serra } = gone;
    const before = await createPayment(stage);
    await stage.pool.query(
      `update caravela.payment set terminal = null, state = jsonb_set(state - 'terminal', '{version}', to_jsonb(version + 1)), version = version + 1
        where id = $1`,
      [before],
    );
    await stage.restartServer({ terminals: [serra] });
    const refused = await askPhone(stage, before, newPhone());
    expect([refused.status, refused.body.terminal]).toEqual([409, CAIS]);
    await stage.restartServer({ terminals: [serra, cais] });
    expect((await read(stage, await createPayment(stage))).terminal).toBe(SERRA);
    const { body } = await askPhone(stage, before, newPhone());
    expect((await transactionsOf(stage, body.id)).map((one: { terminalId: string }) => one.terminalId)).toEqual([CAIS]);
    expect((await read(stage, before)).terminal).toBeNull();
  });
});
