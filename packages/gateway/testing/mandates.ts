import type { Answered, CheckoutWishes, Json, MadeCheckout, TestGateway } from "./gateway.ts";

/** The phone of a person who is waited for. */
export const PHONE = "351#919999999";

/** What is asked of a customer, where it differs from the usual: a subscription of Jane Doe's. */
export interface MandateWishes {
  readonly phone?: string;
  readonly type?: string;
  readonly customerName?: string;
  readonly merchantTransactionId?: string;
  /** The checkout it is attached to. */
  readonly checkout?: string;
}

/** A mandate that was asked for. */
export interface MadeMandate {
  readonly transactionId: string;
  readonly mandateId: string;
}

/** The request of reference 6.1. */
export function creationBody(wishes: MandateWishes = {}): Json {
  const { phone = PHONE, type = "SUBSCRIPTION", customerName = "Jane Doe", merchantTransactionId = "man-17" } = wishes;
  return {
    merchant: { terminalId: 52221, channel: "web", merchantTransactionId, transactionDescription: "The gazette" },
    mandate: { mandateType: type, aliasMBWAY: phone, customerName },
  };
}

/** What a merchant's program, and the owner of a phone, do with mandates. */
export function mandatesOf(gateway: TestGateway) {
  const create = (wishes: MandateWishes = {}): Promise<Answered> => {
    const path = wishes.checkout === undefined ? "creation" : `${wishes.checkout}/creation`;
    return gateway.spg(`/mbway-mandates/${path}`, { body: creationBody(wishes) });
  };

  /** Asks, and the answer is as it should be. */
  async function asked(wishes: MandateWishes = {}): Promise<MadeMandate> {
    const { status, body, text } = await create(wishes);
    if (status !== 200 || body.mandate === undefined) throw new Error(`no mandate was made: ${text}`);
    return { transactionId: body.transactionId, mandateId: body.mandate.mandateId };
  }

  const inquire = (transactionId: string, { call = "inquiry", phone = PHONE, terminal = gateway.terminal } = {}) =>
    gateway.spg(`/mbway-mandates/${transactionId}/${call}`, {
      headers: { ...gateway.bearer(terminal), "Mbway-ID": phone },
      body: {},
    });
  const phones = (path: string, body?: unknown, phone = PHONE) =>
    gateway.sandbox(`/phones/${encodeURIComponent(phone)}${path}`, body);

  const checkout = (mandateId: string, amount: number, wishes: CheckoutWishes = {}) =>
    gateway.checkout({
      amount,
      methods: ["MANDATE", "MBWAY"],
      reference: null,
      ...wishes,
      more: { customer: { customerInfo: { customerName: "Jane Doe" } }, mandate: { mandateId }, ...wishes.more },
    });
  const purchase = (made: MadeCheckout) =>
    gateway.spg(`/payments/${made.id}/mbway-id/purchase`, {
      headers: gateway.digest(made.signature),
      body: { mandate: { mandateCreation: false, useMBWAYMandate: true } },
    });

  return {
    create,
    asked,
    /** Asks, and the customer consents with these terms. */
    async given(terms: { limit?: string; validUntil?: string } = {}, wishes: MandateWishes = {}): Promise<MadeMandate> {
      const made = await asked(wishes);
      const { status, text } = await phones("/approve", { id: made.transactionId, ...terms }, wishes.phone);
      if (status !== 200) throw new Error(`the phone refused: ${text}`);
      return made;
    },
    inquire,
    /** How it stands: status, limit and what is available, as `inquiry-detail` says. */
    async stands(transactionId: string): Promise<Json> {
      const { mandateStatus, amountLimit, amountAvailable } =
        (await inquire(transactionId, { call: "inquiry-detail" })).body.mandate ?? {};
      return [mandateStatus, amountLimit?.value, amountAvailable?.value];
    },
    cancel: (transactionId: string, phone = PHONE, merchantTransactionId = "end-man-17") =>
      gateway.spg(`/mbway-mandates/${transactionId}/cancel`, {
        headers: { ...gateway.bearer(), "Mbway-ID": phone },
        body: { merchant: { terminalId: 52221, channel: "web", merchantTransactionId } },
      }),
    /** The customer pauses, resumes, changes or ends it on the phone. */
    press: (transactionId: string, what: "suspend" | "reactivate" | "cancel" | "change", body: Json = {}) =>
      phones(`/mandates/${transactionId}/${what}`, body),
    onPhone: async (phone = PHONE): Promise<Json> => (await phones("", undefined, phone)).body,
    checkout,
    purchase,
    /** A checkout and the collection on it; with the payment's id. */
    async collect(mandateId: string, amount: number, wishes: CheckoutWishes = {}) {
      const made = await checkout(mandateId, amount, wishes);
      const { status, body } = await purchase(made);
      return { id: made.id, made, status, body, code: body.returnStatus.statusCode, says: body.paymentStatus };
    },
  };
}
