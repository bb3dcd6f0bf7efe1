import { testDatabase } from "@caravela/platform/testing/database";
import { startGateway } from "../src/main.ts";
import type { Terminal } from "../src/terminals/terminals.ts";

/** A JSON of unknown shape, as a stranger's program reads it. */
// biome-ignore lint/suspicious/noExplicitAny: tests look into answers of any shape, wrong ones included
export type Json = any;

/** What came back. */
export interface Answered {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Json;
  readonly text: string;
}

/** A checkout that was made. */
export interface MadeCheckout {
  readonly id: string;
  readonly signature: string;
  readonly body: Json;
}

/**
 * How a request differs from the usual one; `body` is sent as it is when it is text, `headers` are the usual ones when
 * not given.
 */
export interface Differing {
  readonly method?: string;
  readonly body?: unknown;
  readonly headers?: Record<string, string>;
}

/** The seed's request with other values: `checkout({ amount: 12.3, methods: ["MBWAY"] })`. */
export interface CheckoutWishes {
  readonly amount?: number;
  readonly methods?: readonly string[];
  readonly merchantTransactionId?: string;
  readonly paymentType?: string;
  readonly terminalId?: number | string;
  readonly reference?: { from?: Date; to?: Date; min?: number; max?: number; entity?: string } | null;
  readonly moto?: boolean;
  /** Members beside `merchant` and `transaction`. */
  readonly more?: object;
}

/** A card as it is presented, where it differs from the usual one: in date, with the code 123. */
export interface CardWishes {
  readonly code?: string;
  readonly expiry?: string;
  readonly createToken?: boolean;
  readonly more?: object;
}

/** A gateway of its own for a test file, spoken to over HTTP alone. */
export type TestGateway = Awaited<ReturnType<typeof testGateway>>;

/** The seed's customer, which SIBS wants for cards. */
export const CUSTOMER = {
  customerInfo: {
    customerName: "Jane Doe",
    customerEmail: "client.name@hostname.pt",
    shippingAddress: { street1: "Rua 123", street2: "", city: "Lisboa", postcode: "1200-999", country: "PT" },
    billingAddress: { street1: "Rua 123", street2: "", city: "Lisboa", postcode: "1200-999", country: "PT" },
  },
};

const DAY_MS = 86_400_000;

/** Starts a gateway on a database of its own. */
export async function testGateway(
  options: { clockFollowers?: readonly string[]; logLevel?: string; start?: typeof startGateway } = {},
) {
  const { start = startGateway } = options;
  const database = await testDatabase();
  const settings = {
    databaseUrl: database.url,
    host: "127.0.0.1",
    port: 0,
    clockFollowers: options.clockFollowers ?? [],
    logLevel: options.logLevel ?? "silent",
  };
  let running = await start(settings);
  const terminal = (await send(`${running.url}/sandbox/terminals`, {})).body.terminals[0] as Terminal;

  const bearer = (of: Terminal = terminal) => ({
    authorization: `Bearer ${of.token}`,
    "x-ibm-client-id": of.clientId,
    "content-type": "application/json",
  });
  const digest = (signature: string) => ({
    authorization: `Digest ${signature}`,
    "x-ibm-client-id": terminal.clientId,
    "content-type": "application/json",
  });
  const spg = (path: string, differing: Differing = {}) =>
    send(`${running.url}/api/v2${path}`, { headers: bearer(), ...differing });
  const sandbox = async (
    path: string,
    body?: unknown,
    method = body === undefined ? "GET" : "POST",
  ): Promise<Answered> =>
    send(`${running.url}/sandbox${path}`, {
      method,
      headers: body === undefined ? {} : { "content-type": "application/json" },
      ...(body === undefined ? {} : { body }),
    });

  const now = async () => new Date((await sandbox("/clock")).body.now);

  async function checkout(wishes: CheckoutWishes = {}): Promise<MadeCheckout> {
    const { status, body, text } = await spg("/payments", { body: checkoutBody(await now(), wishes) });
    if (status !== 200) throw new Error(`a checkout was refused: ${text}`);
    return { id: body.transactionID, signature: body.transactionSignature, body };
  }

  const digestCall = (made: MadeCheckout, call: string, body: unknown) =>
    spg(`/payments/${made.id}/${call}`, { headers: digest(made.signature), body });
  const cardCheckout = ({ more, ...wishes }: CheckoutWishes = {}) =>
    checkout({ methods: ["CARD"], reference: null, ...wishes, more: { customer: CUSTOMER, ...more } });

  return {
    get url() {
      return running.url;
    },
    terminal,
    databaseUrl: database.url,
    bearer,
    digest,
    spg,
    sandbox,
    now,
    checkout,
    purchase: (made: MadeCheckout, customerPhone = "351#919999999") =>
      spg(`/payments/${made.id}/mbway-id/purchase`, { headers: digest(made.signature), body: { customerPhone } }),
    generate: (made: MadeCheckout) =>
      spg(`/payments/${made.id}/service-reference/generate`, { headers: digest(made.signature), body: {} }),
    /** A checkout for a card alone, with the customer that it wants. */
    cardCheckout,
    payByCard: (made: MadeCheckout, number: string, wishes: CardWishes = {}) =>
      digestCall(made, "card/purchase", cardBody(number, wishes)),
    payByToken: (made: MadeCheckout, value: string, secureCode = "123") =>
      digestCall(made, "token/purchase", { tokenInfo: { value, secureCode, tokenType: "Card" } }),
    /** The call after an action: as it was answered, unless said otherwise. */
    continueCard: (made: MadeCheckout, { id, type }: Json, executed = true, call = "card/purchase") =>
      digestCall(made, call, { actionProcessed: { id, type, executed } }),
    /** A payment of 5.50 by a card that needs no step, as the API answers it. */
    async paidByCard(number = "4111111111111111", wishes: CheckoutWishes = {}) {
      const made = await cardCheckout(wishes);
      const { body } = await digestCall(made, "card/purchase", cardBody(number));
      return { ...made, answer: body };
    },
    charge: (id: string, amount: number, merchantTransactionId = "charge-1") =>
      spg(`/payments/${id}/mit`, { body: operationBody(amount, merchantTransactionId) }),
    status: async (id: string): Promise<Json> => (await spg(`/payments/${id}/status`)).body,
    operate: (
      name: "refund" | "cancellation" | "capture",
      id: string,
      amount: number,
      merchantTransactionId = "operation-1",
    ) => spg(`/payments/${id}/${name}`, { body: operationBody(amount, merchantTransactionId) }),
    answerPhone: (pressed: "approve" | "decline", alias = "351#919999999", id?: string) =>
      sandbox(`/phones/${encodeURIComponent(alias)}/${pressed}`, id === undefined ? {} : { id }),
    waiting: async (alias = "351#919999999"): Promise<Json[]> =>
      (await sandbox(`/phones/${encodeURIComponent(alias)}`)).body.waiting,
    payAtAtm: ({ entity, reference }: Json, amount: string) =>
      sandbox(`/references/${entity}/${reference}/pay`, { amount }),
    advance: (seconds: number) => sandbox("/clock/advance", { seconds }),
    notifyAt: (webhook: { url: string; secret: string } | null) =>
      sandbox(`/terminals/${terminal.terminalId}`, { webhook }, "PUT"),
    /** Stops it and starts it again on the same database. */
    async restart(between: () => Promise<void> = async () => undefined) {
      await running.close();
      await between();
      running = await start(settings);
    },
    async close() {
      await running.close();
      await database.drop();
    },
  };
}

/** A checkout's request as the seed's, made now, with a reference that is valid for two days. */
export function checkoutBody(now: Date, wishes: CheckoutWishes = {}): Json {
  const { amount = 5.5, methods = ["CARD", "MBWAY", "REFERENCE"], paymentType = "PURS", terminalId = 52221 } = wishes;
  const euros = (value: number) => ({ value, currency: "EUR" });
  const {
    from = now,
    to = new Date(now.getTime() + 2 * DAY_MS),
    min = amount,
    max = amount,
    entity = "24000",
  } = wishes.reference ?? {};
  const paymentReference = {
    initialDatetime: from.toISOString(),
    finalDatetime: to.toISOString(),
    maxAmount: euros(max),
    minAmount: euros(min),
    entity,
  };
  return {
    ...wishes.more,
    merchant: { terminalId, channel: "web", merchantTransactionId: wishes.merchantTransactionId ?? "order-17" },
    transaction: {
      transactionTimestamp: now.toISOString(),
      description: "Your own description",
      moto: wishes.moto ?? false,
      paymentType,
      amount: euros(amount),
      paymentMethod: methods,
      ...(wishes.reference === null ? { paymentReference: undefined } : { paymentReference }),
    },
  };
}

/** The first request of a payment by card, as reference 5.1 has it. */
export function cardBody(
  PAN: string,
  { code = "123", expiry = "2030-12-31", createToken, more }: CardWishes = {},
): Json {
  return {
    cardInfo: {
      PAN,
      secureCode: code,
      validationDate: `${expiry}T00:00:00.000Z`,
      cardholderName: "Jane Doe",
      ...(createToken === undefined ? {} : { createToken }),
    },
    info: { deviceInfo: { browserLanguage: "pt-PT", browserJavaEnabled: "false" } },
    ...more,
  };
}

/** The request of a refund or cancellation, as reference 8.1 has it. */
export function operationBody(amount: number, merchantTransactionId: string): Json {
  return {
    merchant: { terminalId: 52221, channel: "web", merchantTransactionId },
    transaction: {
      transactionTimestamp: "2026-04-15T14:00:00.123456789Z",
      description: "Refund",
      amount: { value: amount, currency: "EUR" },
    },
  };
}

/** Sends one request; a body that is not text is sent as JSON. */
export async function send(url: string, { body, method, headers }: Differing): Promise<Answered> {
  const response = await fetch(url, {
    method: method ?? (body === undefined ? "GET" : "POST"),
    ...(headers === undefined ? {} : { headers }),
    ...(body === undefined ? {} : { body: typeof body === "string" ? body : JSON.stringify(body) }),
  });
  const text = await response.text();
  return { status: response.status, headers: response.headers, text, body: jsonOf(text) };
}

function jsonOf(text: string): Json {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
