import type { Caravela, CreateMandateInput, CreatePaymentInput, Mandate, Payment } from "@caravela/client";
import type { TestGateway } from "@caravela/gateway/testing";

/** How long something may take to happen that was set going, in milliseconds. */
const PATIENCE_MS = 15_000;
const LOOK_MS = 50;

/** A server and the gateway behind it, and the steps that recipes are made of. */
export class World {
  readonly caravela: Caravela;
  readonly gateway: TestGateway;
  /** Another phone each time: what is asked of one is limited. */
  readonly phone: string;
  readonly #pause: (ms: number) => Promise<void>;

  constructor(
    caravela: Caravela,
    gateway: TestGateway,
    { number, pause }: { readonly number: number; readonly pause: (ms: number) => Promise<void> },
  ) {
    this.caravela = caravela;
    this.gateway = gateway;
    this.phone = `91${String(number % 10_000_000).padStart(7, "0")}`;
    this.#pause = pause;
  }

  /** A payment of €5.50, open. */
  payment(wishes: Partial<CreatePaymentInput> = {}): Promise<Payment> {
    const reference = `trigger-${this.phone}`;
    return this.caravela.payments.create({
      amount: 550,
      currency: "EUR",
      reference,
      description: "Two mugs",
      ...wishes,
    });
  }

  /** A payment that waits on the phone: ours, or another. */
  async asked(wishes: Partial<CreatePaymentInput> = {}, phone = this.phone): Promise<Payment> {
    const payment = await this.payment(wishes);
    await this.caravela.attempts.start(payment.id, { method: "mbway", phone });
    return payment;
  }

  /** A payment that the customer approved, when the server has heard of it. */
  async approved(wishes: Partial<CreatePaymentInput> = {}): Promise<Payment> {
    const { id } = await this.asked(wishes);
    await this.gateway.phone(this.phone).approve();
    return this.settled(id, wishes.capture === "manual" ? "authorized" : "paid");
  }

  /** The payment, as soon as it stands so. */
  settled(id: string, status: Payment["status"]): Promise<Payment> {
    return this.until(
      () => this.caravela.payments.retrieve(id),
      (payment) => payment.status === status,
      `the payment ${id} to be ${status}`,
    );
  }

  /** An authorised payment that waits on the phone. */
  mandateAsked(wishes: Partial<CreateMandateInput> = {}): Promise<Mandate> {
    const customer = { id: `trigger-${this.phone}`, name: "Ana" };
    const description = "Tinned fish, every month";
    return this.caravela.mandates.create({ phone: this.phone, customer, type: "subscription", description, ...wishes });
  }

  /** An authorised payment that the customer agreed to, when the server has heard of it. */
  async mandateAgreed(): Promise<Mandate> {
    const { id } = await this.mandateAsked();
    await this.gateway.phone(this.phone).approve();
    return this.until(
      () => this.caravela.mandates.retrieve(id),
      (mandate) => mandate.status === "active",
      `the authorised payment ${id} to be active`,
    );
  }

  /** What the customer does with it on the phone, where it is known by an id of its own. */
  async onPhone(what: "suspend" | "reactivate" | "cancel" | "change"): Promise<void> {
    const phone = this.gateway.phone(this.phone);
    const [own] = await phone.mandates();
    if (own === undefined) throw new Error(`the phone ${phone.alias} has no authorised payment`);
    await (what === "change" ? phone.change(own.id, { limit: "50.00" }) : phone[what](own.id));
  }

  /** Looks until it is so. @throws Error saying what was waited for */
  async until<T>(look: () => Promise<T>, isSo: (found: T) => boolean, what: string): Promise<T> {
    const startedAt = performance.now();
    for (;;) {
      const found = await look();
      if (isSo(found)) return found;
      if (performance.now() - startedAt > PATIENCE_MS)
        throw new Error(`Waited ${PATIENCE_MS / 1_000} seconds in vain for ${what}: is the gateway the server's own?`);
      await this.#pause(LOOK_MS);
    }
  }
}
