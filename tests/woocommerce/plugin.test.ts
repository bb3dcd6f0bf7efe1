import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { openReceiver, type Receiver } from "../api/receiver.ts";
import { approve, askPhone, askReference, faults, payAtAtm, read } from "../support/actions.ts";
import { makeKey } from "../support/keys.ts";
import { type Stage, setStage } from "../support/stage.ts";
import { FILES, PluginShop } from "./plugin.ts";

const SECRET = `whsec_${Buffer.from("thirty-two characters of secret!").toString("base64")}`;
const LOST = async () => ({ fault: "Operation timed out" });

let stage: Stage;
let shop: PluginShop;
let receiver: Receiver;
/** What the shop answered the events with. */
let answered: number[] = [];

beforeAll(async () => {
  stage = await setStage();
  const { secret: key } = await makeKey(stage, ["payments:read", "payments:write", "refunds:write"]);
  shop = await PluginShop.open({ enabled: "yes", server: stage.server.url, api_key: key, secret: SECRET });
  receiver = await openReceiver(stage, { secret: SECRET });
  receiver.answer = ({ body, headers }, response) =>
    void take(body, headers).then((status) => {
      answered.push(status);
      response.writeHead(status).end();
    });
});

afterAll(async () => {
  await receiver?.close();
  await stage?.close();
});

beforeEach(() => {
  shop.answering = (_, really) => really();
  shop.sent.length = 0;
  answered = [];
});

const take = (body: string, headers: object) =>
  shop.run("gateway()->endpoint()->take($body, $headers, $now)", {
    body,
    headers,
    now: Math.floor(stage.now() / 1000),
  }) as Promise<number>;

const pay = (id: number) =>
  shop.run("gateway()->process_payment($id)", { id }) as Promise<{ result: string; redirect?: string }>;

const refund = (id: number, amount: string) => shop.run("gateway()->process_refund($id, $amount)", { id, amount });

let last = 100;
/** An order whose customer was led to the payment page. */
async function ordered(total = "12.50"): Promise<{ id: number; payment: string }> {
  const id = ++last;
  await shop.order(id, { total, status: "pending" });
  const { result } = await pay(id);
  expect(result).toBe("success");
  return { id, payment: await newestOf(id) };
}

async function newestOf(id: number): Promise<string> {
  const payments = (await shop.read(id)).meta?._caravela_payments as string[];
  return payments.at(-1) ?? "";
}

async function paid(total = "12.50"): Promise<{ id: number; payment: string }> {
  const order = await ordered(total);
  await askPhone(stage, order.payment);
  await approve(stage);
  await becomes(order.id, { status: "processing" });
  return order;
}

/** Waits until the shop's order is like this, and has all be done that is due meanwhile. */
async function becomes(id: number, order: object): Promise<void> {
  await expect
    .poll(async () => {
      await stage.settle();
      return shop.read(id);
    })
    .toMatchObject(order);
}

describe("an order", () => {
  it("is led to the payment page by a payment of its own, the same one for each press", async () => {
    const { id, payment } = await ordered();
    expect(await read(stage, payment)).toMatchObject({
      amount: 1_250,
      currency: "EUR",
      reference: `S-${id}`,
      returnUrl: `https://shop.example.pt/received/${id}`,
      cancelUrl: `https://shop.example.pt/pay/${id}`,
      locale: "pt",
      customer: { name: "Ana Sousa", email: "ana@example.pt" },
      metadata: { shop: "https://shop.example.pt/", order: String(id) },
    });
    expect(await pay(id)).toEqual({ result: "success", redirect: (await read(stage, payment)).payUrl });
    expect(await newestOf(id)).toBe(payment);
  });

  it("has the same payment where its answer was lost, and another where its total is another", async () => {
    const id = ++last;
    await shop.order(id, { total: "5", status: "pending" });
    shop.answering = async (_, really) => {
      await really();
      return LOST();
    };
    expect(await pay(id)).toEqual({ result: "failure" });
    shop.answering = (_, really) => really();
    await pay(id);
    const keys = shop.sent.map(({ headers }) => headers["Idempotency-Key"]);
    expect(keys[0]).toBe(keys[1]);
    const first = await newestOf(id);
    await shop.order(id, { total: "6.00" });
    await pay(id);
    expect(await read(stage, first)).toMatchObject({ status: "canceled", amount: 500 });
    expect(await read(stage, await newestOf(id))).toMatchObject({ status: "open", amount: 600 });
  });

  it("is complete once the event says so and the server too, however often it comes", async () => {
    const { id, payment } = await paid();
    expect(await shop.read(id)).toMatchObject({ status: "processing", transaction: payment });
    expect(new Set(answered)).toEqual(new Set([204]));
    const arrival = receiver.arrivals.find(
      ({ event }) => event.type === "payment.paid" && event.data.payment.id === payment,
    );
    shop.sent.length = 0;
    const before = await shop.read(id);
    expect(await take(arrival?.body ?? "", arrival?.headers ?? {})).toBe(204);
    expect(shop.sent).toEqual([]);
    expect(await shop.read(id)).toEqual(before);
  });

  it("waits on hold for a reference, and is complete when that is paid at an ATM", async () => {
    const { id, payment } = await ordered("20.00");
    const { status, body } = await askReference(stage, payment);
    expect(status).toBe(201);
    await becomes(id, { status: "on-hold" });
    await payAtAtm(stage, body.multibanco, "20.00");
    await becomes(id, { status: "processing" });
  });

  it.each(["submitted", "pending"])(
    "waits for a reference that is %s, and for nothing that ends within minutes",
    async (status) => {
      const judge = (method: string) =>
        shop.run("Caravela\\WooCommerce\\Judgement::of($payment, $order)", {
          payment: { id: "pay_1", status: "pending", attempts: [{ method, status }] },
          order: { payments: ["pay_1"], paidBy: null, isPaid: false, cents: 1_250, status: "pending" },
        });
      expect(await judge("multibanco")).toBe("await");
      expect(await judge("mbway")).toBe("nothing");
    },
  );

  it("is not complete by another sum than its own: a person is told", async () => {
    const { id, payment } = await ordered("12.50");
    await shop.order(id, { total: "13.00" });
    await askPhone(stage, payment);
    await approve(stage);
    await becomes(id, { status: "on-hold" });
    expect((await shop.read(id)).notes?.at(-1)).toContain("12.50 € were paid");
  });

  it("is not complete by another sum either where it waits for a reference: a person is told, once", async () => {
    const { id, payment } = await ordered("20.00");
    const { body } = await askReference(stage, payment);
    await becomes(id, { status: "on-hold" });
    await shop.order(id, { total: "21.00" });
    await payAtAtm(stage, body.multibanco, "20.00");
    await becomes(id, { status: "on-hold", meta: { _caravela_paid_by: payment } });
    expect((await shop.read(id)).notes?.filter((note) => note.includes("20.00 € were paid"))).toHaveLength(1);
  });

  it("that could not be completed is, when the event comes again", async () => {
    const { id, payment } = await ordered();
    await shop.order(id, { breaks: true });
    await askPhone(stage, payment);
    await approve(stage);
    await stage.settle();
    await expect.poll(() => answered).toContain(503);
    await shop.order(id, { breaks: false });
    await stage.advance(10);
    await becomes(id, { status: "processing", transaction: payment });
  });

  it("that is given up can no longer be paid", async () => {
    const { id, payment } = await ordered();
    await shop.run("wc_get_order($id)->update_status('cancelled')", { id });
    expect(await read(stage, payment)).toMatchObject({ status: "canceled" });
    await stage.settle();
    expect(await shop.read(id)).toMatchObject({ status: "cancelled" });
  });
});

describe("an event", () => {
  it("is refused unless it is the server's, and comes again where the server cannot be asked", async () => {
    const { id, payment } = await ordered();
    const created = () =>
      receiver.arrivals.find(({ event }) => event.type === "payment.created" && event.data.payment.id === payment);
    await expect.poll(created).toBeDefined();
    const { body = "", headers = {} } = created() ?? {};
    expect(await take(body.replace("open", "paid"), headers)).toBe(401);
    expect(await take(body, { ...headers, "webhook-id": "evt_other" })).toBe(401);
    expect(await take(body, {})).toBe(401);
    const late = { body, headers, now: Math.floor(stage.now() / 1000) + 301 };
    expect(await shop.run("gateway()->endpoint()->take($body, $headers, $now)", late)).toBe(401);

    await shop.run("delete_events($id)", { id });
    shop.answering = LOST;
    expect(await take(body, headers)).toBe(503);
    shop.answering = (_, really) => really();
    expect(await take(body, headers)).toBe(204);
  });

  it("that only tries the address is taken", async () => {
    const { body } = await stage.api("POST", `/v1/event-endpoints/${receiver.id}/ping`);
    expect(body).toMatchObject({ status: 204 });
  });

  it("of another shop's payment, or of a payment that the order did not ask for, changes nothing", async () => {
    const { id } = await ordered();
    const changes = {
      reference: `S-${id}`,
      amount: 1_250,
      metadata: { shop: "https://shop.example.pt/", order: String(id) },
    };
    const ask = (more: object) => stage.api("POST", "/v1/payments", { currency: "EUR", ...changes, ...more });
    const others = await ask({ metadata: { shop: "https://other.example.pt/", order: String(id) } });
    const forged = await ask({});
    for (const { body } of [others, forged]) {
      await askPhone(stage, body.id);
      await approve(stage);
      await stage.settle();
    }
    await becomes(id, { status: "pending", notes: [expect.stringContaining(forged.body.id)] });
  });
});

describe("a refund", () => {
  it("is made in parts, and noted with the order", async () => {
    const { id, payment } = await paid();
    expect(await refund(id, "2.5")).toBe(true);
    expect(await refund(id, "1.00")).toBe(true);
    expect(await read(stage, payment)).toMatchObject({ amountRefunded: 350 });
    expect((await shop.read(id)).notes?.at(-1)).toMatch(/^1\.00 € were given back \(rfd_\w+\)\.$/);
    expect(await refund(id, "99.00")).toMatchObject({ error: expect.any(String) });
  });

  it("whose answer is lost has not failed: the next press asks for the same, and nothing goes back twice", async () => {
    const { id, payment } = await paid();
    shop.answering = async (_, really) => {
      await really();
      return LOST();
    };
    expect(await refund(id, "4.00")).toMatchObject({ error: expect.stringContaining("may have been given back") });
    shop.answering = (_, really) => really();
    expect(await refund(id, "5.00")).toMatchObject({ error: expect.stringContaining("not known yet whether 4.00") });
    expect(await refund(id, "4.00")).toBe(true);
    expect(await read(stage, payment)).toMatchObject({ amountRefunded: 400 });
  });

  it("that is in doubt at SIBS is neither failed nor done: whoever looks is told to wait", async () => {
    const { id } = await paid();
    await faults(stage, { refund: { html: 1 }, status: { http: { 503: 1 } } }, { drop: 1 });
    expect(await refund(id, "3.00")).toBe(true);
    await faults(stage, {});
    expect((await shop.read(id)).notes?.at(-1)).toContain("do not give it back by another way");
  });

  it("that was made elsewhere is noted", async () => {
    const { id, payment } = await paid();
    await stage.api("POST", `/v1/payments/${payment}/refunds`, { amount: 700 });
    await becomes(id, { notes: [expect.stringMatching(/^7\.00 € were given back outside/)] });
  });
});

describe("the settings", () => {
  const say = (expression: string, given: object = {}) => shop.run(expression, given);

  it("never show a secret, and keep it where nothing is typed", async () => {
    const html = await say(
      "gateway()->generate_kept_secret_html('secret', ['title' => 'Secret', 'description' => '']) . gateway()->generate_kept_secret_html('api_key', ['title' => 'Key', 'description' => ''])",
    );
    expect(html).not.toContain("whsec_");
    expect(html).not.toContain("sk_");
    expect(await say("gateway()->validate_kept_secret_field('secret', '')")).toBe(SECRET);
    expect(
      await say(
        "(function () { try { gateway()->validate_kept_secret_field('secret', 'x'); } catch (Exception $e) { return $e->getMessage(); } })()",
      ),
    ).toContain("not changed");
  });

  it.each([
    ["https://pay.example.pt", true],
    ["https://pay.example.pt/", true],
    ["http://127.0.0.1:3000", true],
    ["http://pay.example.pt", false],
    ["http://127.0.0.1.example.pt", false],
    ["https://user:pass@pay.example.pt", false],
    ["https://pay.example.pt/v1", false],
  ])("take %s for the server's address: %s", async (address, isTaken) => {
    const said = await say(
      "(function ($a) { try { return gateway()->validate_server_field('server', $a); } catch (Exception $e) { return false; } })($address)",
      { address },
    );
    expect(said).toBe(isTaken ? address.replace(/\/$/, "") : false);
  });
});

it("reckons amounts in whole cents, and refuses what is none", async () => {
  const cents = (amount: string) =>
    shop.run(
      "(function ($a) { try { return Caravela\\WooCommerce\\Amount::cents($a); } catch (InvalidArgumentException $e) { return null; } })($amount)",
      { amount },
    );
  for (const [amount, is] of [
    ["0.29", 29],
    ["12", 1200],
    ["12.5", 1250],
    ["19.990", 1999],
    ["999999.99", 99_999_999],
  ] as const)
    expect(await cents(amount)).toBe(is);
  for (const amount of ["", "-1.00", "1,00", "1.005", "1e3", " 1.00", "1.00\n", "NaN"])
    expect(await cents(amount)).toBeNull();
});

describe("the plugin's files", () => {
  it("are PHP that version 7.4 reads, each closed to whoever calls it by its address", async () => {
    for (const [path, text] of FILES) {
      expect(await shop.lint(path), path).toBeNull();
      if (!path.startsWith("languages/"))
        expect(text, path).toMatch(/^defined\('(ABSPATH|WP_UNINSTALL_PLUGIN)'\) \|\| exit;$/m);
    }
  });

  it("say everything in Portuguese too, and nothing that is not said", () => {
    const said = new Set(
      [...FILES.values()].flatMap((text) =>
        [...text.matchAll(/__\('([^']+)', 'caravela-for-woocommerce'\)/g)].map(([, words]) => words),
      ),
    );
    const translated = [
      ...(FILES.get("languages/caravela-for-woocommerce-pt_PT.l10n.php") ?? "").matchAll(
        /^ {8}'([^']+)' => '([^']+)',$/gm,
      ),
    ];
    expect(new Set(translated.map(([, words]) => words))).toEqual(said);
    for (const [, words = "", theirs = ""] of translated)
      expect(theirs.match(/%(\d\$)?s/g), words).toEqual(words.match(/%(\d\$)?s/g));
  });

  it("ask orders of WooCommerce alone, wherever it keeps them", () => {
    for (const [path, text] of FILES) expect(text, path).not.toMatch(/post_meta|WP_Query|\$wpdb|get_post\(|wp_posts/);
  });
});
