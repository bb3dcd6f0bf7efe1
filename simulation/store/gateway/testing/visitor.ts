import { type Chance, seededChance } from "@caravela/platform/chance";
import {
  type CheckoutWishes,
  CUSTOMER,
  cardBody,
  checkoutBody,
  type Json,
  operationBody,
} from "../../../../packages/gateway/testing/gateway.ts";
import { creationBody } from "../../../../packages/gateway/testing/mandates.ts";
import type { Answer, VisitedGateway } from "./visited.ts";

/** Phones of people, and phones that answer by themselves. */
const PEOPLE = ["351#919999991", "351#919999992"];
const PHONES = [...PEOPLE, ...PEOPLE, ...["01", "02", "05", "07", "08", "09", "15"].map((n) => `351#9600000${n}`)];
const CARDS = ["4111111111111111", "4000000000000010", "4000000000000028", "4000000000000119", "4000000000000101"];
const AMOUNTS = [1, 5.5, 5.5, 12.34, 90_000.04, 90_000.12, 90_000.14];
const ORDERS = ["order-1", "order-2", "order-3"];

interface Made {
  readonly id: string;
  readonly signature: string;
  readonly amount: number;
}

/** Shops, their customers and whoever tries them out, who do what a number says: the same at any gateway. */
export class Visitor {
  readonly gateway: VisitedGateway;
  #dice: Chance = seededChance(0);
  readonly #made: Made[] = [];
  readonly #asked: { transactionId: string; mandateId: string; phone: string }[] = [];
  readonly #actions: { made: Made; id: string; type: string }[] = [];
  readonly #references: Json[] = [];
  readonly #tokens: string[] = [];

  constructor(gateway: VisitedGateway) {
    this.gateway = gateway;
  }

  /** Has the next deed go as this number says. */
  decideBy(number: number): void {
    this.#dice = seededChance(number);
  }

  pick<T>(list: readonly T[]): T {
    return list[Math.floor(this.#dice.number() * list.length)] as T;
  }

  /** Most often what came last; what is none where there was nothing yet. */
  #recent<T>(list: readonly T[], none: T): T {
    const place = Math.floor(this.#dice.number() ** 3 * list.length);
    return list.at(-1 - place) ?? none;
  }

  get phone(): string {
    return this.pick(PHONES);
  }

  get amount(): number {
    return this.pick(AMOUNTS);
  }

  get order(): string {
    return this.pick(ORDERS);
  }

  /** A payment or mandate that was made, or one that never was. */
  get id(): string {
    const { transactionId } = this.mandate;
    return this.pick([this.made.id, this.made.id, transactionId, `s2${"a".repeat(18)}`]);
  }

  get made(): Made {
    return this.#recent(this.#made, { id: `s2${"b".repeat(18)}`, signature: "none", amount: 1 });
  }

  /** What was made last. */
  get latest(): Made {
    return this.#made.at(-1) ?? this.made;
  }

  get latestMandate() {
    return this.#asked.at(-1) ?? this.mandate;
  }

  get mandate() {
    const none = { transactionId: `s2${"c".repeat(18)}`, mandateId: "1".repeat(20), phone: "351#919999991" };
    return this.#recent(this.#asked, none);
  }

  get action() {
    const none = { made: this.made, id: "3b241101-e2bb-4255-8caf-4136c566a962", type: "THREEDS_CHALLENGE" };
    return this.#recent(this.#actions, none);
  }

  get reference(): Json {
    return this.#recent(this.#references, { entity: "24000", reference: "123456789" });
  }

  get token(): string {
    return this.#recent(this.#tokens, "0a".repeat(20));
  }

  /** A call by a terminal's bearer. */
  async bearer(path: string, body?: unknown, headers: Readonly<Record<string, string>> = {}): Promise<Answer> {
    const { token, clientId } = this.gateway.terminal;
    const own = { authorization: `Bearer ${token}`, "x-ibm-client-id": clientId };
    return this.gateway.spg(path, { headers: { ...own, ...headers }, body });
  }

  /** A call of a payment's method, by its signature. */
  async digest({ id, signature }: Made, call: string, body: unknown): Promise<Answer> {
    const headers = { authorization: `Digest ${signature}`, "x-ibm-client-id": this.gateway.terminal.clientId };
    return this.gateway.spg(`/payments/${id}/${call}`, { headers, body });
  }

  async checkout(wishes: CheckoutWishes): Promise<Made | null> {
    const { body: clock } = await this.gateway.sandbox("/clock");
    const all = { amount: this.amount, merchantTransactionId: this.order, ...wishes };
    const answer = await this.bearer("/payments", checkoutBody(new Date(clock.now), all));
    if (answer?.status !== 200) return null;
    const { transactionID: id, transactionSignature: signature } = answer.body;
    const made = { id, signature, amount: all.amount };
    this.#made.push(made);
    return made;
  }

  async payByCard(made: Made): Promise<Answer> {
    return this.#cardAnswered(made, await this.digest(made, "card/purchase", cardBody(this.pick(CARDS))));
  }

  async continueCard(): Promise<Answer> {
    const { made, id, type } = this.action;
    const call = this.pick(["card/purchase", "card/purchase", "token/purchase"]);
    return this.#cardAnswered(made, await this.digest(made, call, { actionProcessed: { id, type, executed: true } }));
  }

  async payByToken(made: Made): Promise<Answer> {
    const tokenInfo = { value: this.token, secureCode: "123", tokenType: "Card" };
    return this.#cardAnswered(made, await this.digest(made, "token/purchase", { tokenInfo }));
  }

  async generate(made: Made): Promise<Answer> {
    const answer = await this.digest(made, "service-reference/generate", {});
    if (answer?.body?.paymentReference !== undefined) this.#references.push(answer.body.paymentReference);
    return answer;
  }

  async askMandate(checkout: Made | null): Promise<Answer> {
    const phone = this.phone;
    const wishes = { phone, type: this.pick(["SUBSCRIPTION", "ONECLICK"]), merchantTransactionId: this.order };
    const path = checkout === null ? "creation" : `${checkout.id}/creation`;
    const answer = await this.bearer(`/mbway-mandates/${path}`, creationBody(wishes));
    const { transactionID: id, transactionId = id, mandate } = answer?.body ?? {};
    if (mandate?.mandateId !== undefined) this.#asked.push({ transactionId, mandateId: mandate.mandateId, phone });
    return answer;
  }

  operate(name: string, { id, amount }: Made): Promise<Answer> {
    const sum = this.pick([amount, amount, Math.round(amount * 50) / 100, amount + 1]);
    return this.bearer(`/payments/${id}/${name}`, operationBody(sum, this.order));
  }

  /** A checkout that names a mandate, and the collection on it. */
  async collect(): Promise<Answer> {
    const { mandateId } = this.mandate;
    const customer = { customerInfo: { customerName: "Jane Doe" } };
    const more = { customer, mandate: { mandateId } };
    const made = await this.checkout({ methods: ["MANDATE", "MBWAY"], reference: null, more });
    const mandate = { mandateCreation: false, useMBWAYMandate: true };
    return made && this.digest(made, "mbway-id/purchase", { mandate });
  }

  get cardWishes(): CheckoutWishes {
    const keeps = { tokenisation: { tokenisationRequest: { tokeniseCard: true } } };
    const more = { customer: CUSTOMER, ...this.pick([{}, keeps]) };
    return { methods: ["CARD"], reference: null, paymentType: this.pick(["PURS", "PURS", "AUTH"]), more };
  }

  #cardAnswered(made: Made, answer: Answer): Answer {
    const { actionResponse, token } = answer?.body ?? {};
    if (actionResponse?.id !== undefined)
      this.#actions.push({ made, id: actionResponse.id, type: actionResponse.type });
    if (token?.value !== undefined) this.#tokens.push(token.value);
    return answer;
  }
}
