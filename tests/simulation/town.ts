import { cents, eurosText } from "@caravela/sibs/money";
import { Dice } from "../../simulation/dice.ts";
import type { Answer, Json } from "../support/json.ts";
import { authorise, newPhone } from "../support/mandates.ts";
import type { ReceivedEvent } from "../support/shop.ts";
import type { Stage } from "../support/stage.ts";

/** A payment as the town's people know it. */
interface Order {
  readonly id: string;
  readonly amount: number;
  /** The customer's own phone: nobody else's requests wait on it. */
  readonly phone: string;
}

/** A customer who lets the shop charge them, as far as the limit goes. */
interface Regular {
  readonly mandate: string;
  readonly phone: string;
}

/** Something that somebody does. */
type Deed = (dice: Dice) => Promise<void>;

/** Phones that answer by themselves, each in its own way. */
const SCENARIO_PHONES = Array.from({ length: 11 }, (_, place) => `9600000${String(place + 1).padStart(2, "0")}`);
/** Its requests can still be approved a minute after SIBS has called them timed out. */
const SLOW_PHONE = "960000008";
/**
 * 90,000.11 to 90,000.14: a refund is declined, a cancellation or its answer is lost, a reference expires by itself.
 */
const SCENARIO_AMOUNTS = [9_000_011, 9_000_012, 9_000_013, 9_000_014];

const MINUTE = 60;
const HOUR = 3_600;
const STEPS = [1, 2, 5, 10, 20, MINUTE, 2 * MINUTE, 4 * MINUTE, 6 * MINUTE];

/** What a request that is right in shape may be answered. */
const SENSIBLE = [200, 201, 404, 409, 422];

const isPaid = (event: ReceivedEvent): boolean => event.type === "payment.paid";

/**
 * Shops and customers who do as the dice have it: order, pay by phone or at an ATM, decline, forget, pay too late or
 * twice, cancel, ask for money back, ask for too much of it, send requests twice; regulars who are charged by mandate,
 * over their limit too, and change it on the phone meanwhile; and time that passes.
 */
export class Town {
  /** What was done, to be read when a seed fails. */
  readonly deeds: string[] = [];
  readonly #stage: Stage;
  readonly #dice: Dice;
  readonly #orders: Order[] = [];
  readonly #regulars: Regular[] = [];
  #phones = 0;

  constructor(stage: Stage, seed: number) {
    this.#stage = stage;
    this.#dice = new Dice(seed);
  }

  /** Has some customers authorise the shop to charge them. */
  async authorise(): Promise<void> {
    for (const limit of ["30.00", "150.00", "900.00"]) {
      const phone = newPhone();
      this.#regulars.push({ phone, mandate: await authorise(this.#stage, phone, { limit }) });
    }
  }

  /** Lets a few people act at the same time. */
  async moment(): Promise<void> {
    const people = Array.from({ length: this.#dice.between(1, 3) }, () => this.#dice.more());
    await Promise.all(people.map((dice) => dice.pick(this.#deeds()).call(this, dice)));
  }

  /** What goes wrong from now on: calls to SIBS, its notifications, events at the shop. */
  async weather(): Promise<void> {
    const often = this.#dice.pick([0, 0.05, 0.2]);
    const call = { delayMs: [0, 3], http: { 503: often }, html: often, dropAnswer: often };
    // A refund that never arrives is in doubt for ever, and a person is asked: here each arrives, though its answer may
    // be lost.
    const refund = { delayMs: [0, 3], http: { 503: often }, dropAnswer: often };
    const [lost, late] = [
      { drop: often, duplicate: often, corrupt: often },
      { reorder: often / 10, delaySeconds: [0, 0.01] },
    ];
    const accidents = this.#dice.more();
    this.#stage.shop.busyWith = async () => {
      if (accidents.happens(often)) throw new Error("the shop took it, and fell over before it could say so");
    };
    this.#stage.shopAnswers = this.#dice.happens(often) ? this.#dice.pick([500, 404, 302]) : 200;
    const faults = { calls: { "*": call, refund }, notifications: { ...lost, ...late } };
    const seed = this.#dice.between(1, 1_000_000);
    this.#note(`weather ${often}`, await this.#stage.sandbox("PUT", "/faults", { seed, ...faults }));
  }

  /**
   * A customer asks for a reference, its answer is lost, and the shop cancels before anybody knows of it: it is payable
   * for a day.
   */
  async changeOfMind(): Promise<void> {
    const wanted = { amount: 550, currency: "EUR", reference: "changed my mind" };
    const expiresAt = new Date(this.#stage.now() + 24 * HOUR * 1000).toISOString();
    const { body } = await this.#post(this.#dice, "/v1/payments", { ...wanted, expiresAt });
    const isLost = { "service-reference/generate": { dropAnswer: 1 }, status: { http: { 503: 1 } } };
    await this.#stage.sandbox("PUT", "/faults", { calls: isLost });
    await this.#post(this.#dice, `/v1/payments/${body.id}/attempts`, { method: "multibanco" });
    await this.#post(this.#dice, `/v1/payments/${body.id}/cancel`);
  }

  /** Nothing goes wrong any more. */
  async fairWeather(): Promise<void> {
    this.#stage.shopAnswers = 200;
    this.#stage.shop.busyWith = async () => undefined;
    await this.#stage.sandbox("PUT", "/faults", {});
  }

  #deeds(): Deed[] {
    const usual = [this.#order, this.#askPhone, this.#approve, this.#askPhone, this.#approve, this.#timePasses];
    const seldom = [this.#askReference, this.#payAtAtm, this.#askReference, this.#payAtAtm, this.#refund];
    const regular = [this.#charge, this.#charge, this.#charge, this.#approveCharge, this.#changeMandate];
    const rare = [this.#decline, this.#cancel, this.#refund, this.#refundTwice, this.#payTwice];
    return [...usual, ...usual, ...seldom, ...regular, ...rare];
  }

  async #order(dice: Dice): Promise<void> {
    const amount = dice.happens(0.1) ? dice.pick(SCENARIO_AMOUNTS) : dice.between(1, 9_999);
    const phone = `91${String(this.#phones++).padStart(7, "0")}`;
    const expiresAt = new Date(this.#stage.now() + dice.between(1, 5) * HOUR * 1000).toISOString();
    const latePayments = dice.pick(["refund", "accept"]);
    const overlap = dice.pick(["refuse", "allow"]);
    const wanted = { amount, currency: "EUR", reference: phone, latePayments, overlap, expiresAt };
    const made = await this.#post(dice, "/v1/payments", wanted);
    if (made.status === 201) this.#orders.push({ id: made.body.id, amount, phone });
  }

  async #askPhone(dice: Dice): Promise<void> {
    const order = this.#someOrder(dice);
    const phone = dice.happens(0.25) ? dice.pick(SCENARIO_PHONES) : order?.phone;
    if (order !== null) await this.#post(dice, `/v1/payments/${order.id}/attempts`, { method: "mbway", phone });
  }

  /** Mostly for what a regular has just ordered; also for what others order, pay or have paid. */
  async #charge(dice: Dice): Promise<void> {
    if (dice.happens(0.7)) await this.#order(dice);
    const order = dice.happens(0.7) ? (this.#orders.at(-1) ?? null) : this.#someOrder(dice);
    if (order === null) return;
    const { mandate } = dice.pick(this.#regulars);
    await this.#post(dice, `/v1/payments/${order.id}/attempts`, { method: "mandate", mandate });
  }

  /** Answers what a mandate did not pay by itself. */
  async #approveCharge(dice: Dice): Promise<void> {
    await this.#press(dice.happens(0.8) ? "approve" : "decline", dice.pick(this.#regulars).phone);
  }

  async #changeMandate(dice: Dice): Promise<void> {
    const { phone } = dice.pick(this.#regulars);
    const { mandates } = (await this.#stage.sandbox("GET", `/phones/351%23${phone}`)).body;
    const what = dice.pick(["suspend", "reactivate", "reactivate", "change", "change"]);
    const terms = what === "change" ? { limit: eurosText(cents(dice.between(1_000, 90_000))) } : {};
    const path = `/phones/351%23${phone}/mandates/${mandates[0].id}/${what}`;
    this.#note(`${what} on ${phone}`, await this.#stage.sandbox("POST", path, terms));
  }

  async #askReference(dice: Dice): Promise<void> {
    const order = this.#someOrder(dice);
    if (order !== null) await this.#post(dice, `/v1/payments/${order.id}/attempts`, { method: "multibanco" });
  }

  async #approve(dice: Dice): Promise<void> {
    await this.#press("approve", this.#someOrder(dice)?.phone);
  }

  async #decline(dice: Dice): Promise<void> {
    await this.#press("decline", this.#someOrder(dice)?.phone);
  }

  async #press(answer: "approve" | "decline", phone = "910000000"): Promise<void> {
    this.#note(`${answer} ${phone}`, await this.#stage.sandbox("POST", `/phones/351%23${phone}/${answer}`));
  }

  /** Answers the first request so late that a second was sent meanwhile, and says yes to both. */
  async #payTwice(dice: Dice): Promise<void> {
    const order = this.#someOrder(dice);
    if (order === null) return;
    const attempts = `/v1/payments/${order.id}/attempts`;
    await this.#post(dice, attempts, { method: "mbway", phone: SLOW_PHONE });
    await this.#pass(4 * MINUTE + 5);
    await this.#post(dice, attempts, { method: "mbway", phone: order.phone });
    for (const phone of [SLOW_PHONE, order.phone]) await this.#press("approve", phone);
  }

  /** Pays any reference that was ever shown for an order: also one that was withdrawn, has ended or is paid already. */
  async #payAtAtm(dice: Dice): Promise<void> {
    const order = this.#someOrder(dice);
    if (order === null) return;
    const { body } = await this.#stage.api("GET", `/v1/payments/${order.id}`);
    const shown = body.attempts.map((one: Json) => one.multibanco).filter((one: Json | null) => one !== null);
    if (shown.length === 0) return;
    const { entity, reference } = dice.pick<{ entity: string; reference: string }>(shown);
    const amount = eurosText(cents(order.amount + (dice.happens(0.1) ? 1 : 0)));
    const path = `/references/${entity}/${reference}/pay`;
    this.#note(`pay ${order.id} at an ATM`, await this.#stage.sandbox("POST", path, { amount }));
  }

  async #cancel(dice: Dice): Promise<void> {
    const order = this.#someOrder(dice);
    if (order !== null) await this.#post(dice, `/v1/payments/${order.id}/cancel`);
  }

  async #refund(dice: Dice): Promise<void> {
    const order = this.#somePaidOrder(dice);
    if (order === null) return;
    const part = { amount: dice.between(1, order.amount + 1) };
    await this.#post(dice, `/v1/payments/${order.id}/refunds`, dice.happens(0.4) ? undefined : part);
  }

  /** Two parts of one payment asked back at once, which together are more than all of it. */
  async #refundTwice(dice: Dice): Promise<void> {
    const order = this.#somePaidOrder(dice);
    if (order === null) return;
    const part = { amount: Math.ceil(order.amount * 0.6) };
    const clerks = [dice.more(), dice.more()];
    await Promise.all(clerks.map((clerk) => this.#post(clerk, `/v1/payments/${order.id}/refunds`, part)));
  }

  async #timePasses(dice: Dice): Promise<void> {
    await this.#pass(dice.happens(0.05) ? HOUR : dice.pick(STEPS));
  }

  async #pass(seconds: number): Promise<void> {
    await this.#stage.advance(seconds);
    this.deeds.push(`${seconds} s pass`);
  }

  /**
   * A request, now and then sent twice with its key, at once or one after the other: both answers speak of the same
   * thing.
   */
  async #post(dice: Dice, path: string, body?: object): Promise<Answer> {
    const key = { "idempotency-key": dice.uuid() };
    const [twice, atOnce] = [dice.happens(0.2), dice.happens(0.5)];
    const send = () => this.#stage.api("POST", path, body, key);
    const [first, second] = twice && atOnce ? await Promise.all([send(), send()]) : [await send(), null];
    const answers = [first, ...(second !== null ? [second] : twice ? [await send()] : [])];
    for (const answer of answers) this.#note(`POST ${path} ${JSON.stringify(body ?? null)}`, answer);
    const made = new Set(answers.filter(({ status }) => status < 300).map(({ body: { id } }) => id));
    if (made.size > 1) throw new Error(`one key made two things: ${path} ${[...made]}`);
    return first;
  }

  #note(deed: string, { status, body }: Answer): void {
    this.deeds.push(`${deed}: ${status} ${body?.type ?? body?.id ?? ""}`);
    if (!SENSIBLE.includes(status)) throw new Error(`${deed} was answered ${status}: ${JSON.stringify(body)}`);
  }

  /** Mostly one of the newest: people act on what they have just begun. */
  #someOrder(dice: Dice): Order | null {
    if (this.#orders.length === 0) return null;
    return dice.pick(dice.happens(0.8) ? this.#orders.slice(-4) : this.#orders);
  }

  #somePaidOrder(dice: Dice): Order | null {
    const paid = new Set(this.#stage.events.filter(isPaid).map((event) => event.data.payment.id));
    const some = this.#orders.filter(({ id }) => paid.has(id));
    return some.length === 0 ? null : dice.pick(some);
  }
}
