import { type Line, retryLimit, timeLimit } from "./call.ts";
import { Calls } from "./calls.ts";
import type { CaravelaOptions } from "./options.ts";
import { Endpoints, Events } from "./resources/events.ts";
import { Customers, Mandates, Plans, Tokens } from "./resources/mandates.ts";
import { Approvals, Attempts, Captures, OperationsInDoubt, Payments, Refunds } from "./resources/payments.ts";
import { Exports, Keys, Server, Summaries, Tasks } from "./resources/server.ts";

/**
 * Your payments server's API, for a shop's back end.
 *
 * @example const caravela = new Caravela({ baseUrl: "https://pay.example.pt", apiKey }); const payment = await
 * caravela.payments.create({ amount: 550, currency: "EUR", reference: "order-17" }, { idempotencyKey: "order-17" });
 * // send the customer to payment.payUrl
 */
export class Caravela {
  /** Everything before `/v1`. */
  readonly baseUrl: string;
  readonly payments: Payments;
  readonly attempts: Attempts;
  readonly refunds: Refunds;
  readonly captures: Captures;
  readonly operations: OperationsInDoubt;
  readonly approvals: Approvals;
  readonly mandates: Mandates;
  readonly plans: Plans;
  readonly tokens: Tokens;
  readonly customers: Customers;
  readonly events: Events;
  readonly endpoints: Endpoints;
  readonly tasks: Tasks;
  readonly summaries: Summaries;
  readonly exports: Exports;
  readonly keys: Keys;
  readonly server: Server;

  /**
   * @throws TypeError when address or key is missing or none that can be used; RangeError when the time limit is no
   * number above 0, or `retries` is below 0
   */
  constructor(options: CaravelaOptions) {
    const line = lineOf(options);
    const calls = new Calls(line);
    this.baseUrl = line.baseUrl;
    this.payments = new Payments(calls);
    this.attempts = new Attempts(calls);
    this.refunds = new Refunds(calls);
    this.captures = new Captures(calls);
    this.operations = new OperationsInDoubt(calls);
    this.approvals = new Approvals(calls);
    this.mandates = new Mandates(calls);
    this.plans = new Plans(calls);
    this.tokens = new Tokens(calls);
    this.customers = new Customers(calls);
    this.events = new Events(calls);
    this.endpoints = new Endpoints(calls);
    this.tasks = new Tasks(calls);
    this.summaries = new Summaries(calls);
    this.exports = new Exports(calls);
    this.keys = new Keys(calls);
    this.server = new Server(calls);
  }
}

/** What is refused is not repeated: it may hold a password. */
function lineOf({ baseUrl, apiKey, timeoutMs = 30_000, retries = 2, fetch }: CaravelaOptions): Line {
  if (!isAddress(baseUrl))
    throw new TypeError("Caravela needs a baseUrl: http(s)://…, without user and password, query and fragment");
  if (!/^[!-~]+$/.test(apiKey ?? ""))
    throw new TypeError("Caravela needs an apiKey: the key alone, without blanks or line breaks around it");
  return {
    baseUrl: baseUrl.replace(/\/+$/, ""),
    apiKey,
    timeoutMs: timeLimit(timeoutMs),
    retries: retryLimit(retries),
    fetch: fetch ?? ((input, init) => globalThis.fetch(input, init)),
  };
}

function isAddress(text: string): boolean {
  try {
    const { protocol, username, password, search, hash } = new URL(text);
    return /^https?:$/.test(protocol) && username + password + search + hash === "";
  } catch {
    return false;
  }
}
