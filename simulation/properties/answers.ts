import type { WireAnswer, WireRequest } from "../network.ts";
import type { MemoryDatabase } from "../store/database.ts";
import type { WrongBy } from "./property.ts";

/** Where something is made by a POST. */
const MAKES = /^\/v1\/(payments|payments\/pay_\w+\/(refunds|capture|cancel)|mandates|mandates\/man_\w+\/plans)$/;
/** Where a form of a payment's page begins to pay. */
const BEGINS = /^\/pay\/(?<token>\w+)\/(mbway|multibanco|card|again)$/;
/** Where a shop begins to have its customer pay. */
const ATTEMPTS = /^\/v1\/payments\/(?<payment>pay_\w+)\/attempts$/;
/** What a refusal says of what is left. */
const LEFT = /^At most (\d+) cents/;

/** What must hold of each answer, and of what was asked for by how many keys. */
export class EachAnswer {
  readonly #wrong: WrongBy;
  /** By the path that was asked, or the word of the page that was. */
  readonly #keys = new Map<string, Set<string>>();

  constructor(wrong: WrongBy) {
    this.#wrong = wrong;
  }

  /** Somebody asks a server, whatever becomes of it. On a page a press means the attempt that it was shown for. */
  asked({ method, path, headers, body = "" }: WireRequest): void {
    if (method !== "POST") return;
    const key = headers["idempotency-key"];
    const token = BEGINS.exec(path)?.groups?.token;
    if (token !== undefined) this.#noted(token, new URLSearchParams(body).get("request") ?? "");
    else if (key !== undefined && (MAKES.test(path) || ATTEMPTS.test(path))) this.#noted(path, key);
  }

  #noted(where: string, key: string): void {
    this.#keys.set(where, (this.#keys.get(where) ?? new Set()).add(key));
  }

  /** A server has answered. What it refuses as too much is more than it says is left. */
  answered({ path, body }: WireRequest, answer: WireAnswer): void {
    const left = answer.status < 400 || answer.body === "" ? null : LEFT.exec(JSON.parse(answer.body).detail ?? "");
    if (left === null || body === undefined) return;
    const { amount = 0 } = JSON.parse(body);
    if (amount <= Number(left[1])) this.#wrong("answers")(path, `${amount} was refused: ${left[0]}`);
  }

  /** When all is over: no key has made two things. A plan's payments are made by its own clock. */
  countThings(database: MemoryDatabase): void {
    const payments = statesOf<MadePayment>(database, "caravela.payment");
    const mandates = statesOf<MadeMandate>(database, "caravela.mandate");
    this.#count("", "/v1/payments", payments.filter(({ plan }) => plan === null).length);
    for (const { id, operations, attempts, payToken } of payments) {
      // what was wished for and was never sent is begun once more
      const again = attempts.filter(({ wished, submittedAt }) => wished === true && submittedAt === null);
      const begun = attempts.filter(({ initiator }) => initiator === "customer").length - again.length;
      this.#count(id, `/v1/payments/${id}/attempts`, begun, payToken);
      const made = (kind: string) => operations.filter((one) => one.kind === kind && one.reason === "requested").length;
      this.#count(id, `/v1/payments/${id}/refunds`, made("refund"));
      this.#count(id, `/v1/payments/${id}/capture`, made("capture"));
      this.#count(id, `/v1/payments/${id}/cancel`, made("cancellation"));
    }
    this.#count("", "/v1/mandates", mandates.length);
    for (const { id, plans } of mandates) this.#count(id, `/v1/mandates/${id}/plans`, plans.length);
  }

  #count(subject: string, path: string, made: number, page = ""): void {
    const keys = (this.#keys.get(path)?.size ?? 0) + (this.#keys.get(page)?.size ?? 0);
    if (made > keys) this.#wrong("answers")(subject, `${made} were made by ${keys} keys: ${path}`);
  }
}

interface MadePayment {
  readonly id: string;
  readonly plan: object | null;
  readonly payToken: string;
  readonly attempts: readonly {
    readonly initiator: string;
    readonly wished?: boolean;
    readonly submittedAt: number | null;
  }[];
  readonly operations: readonly { readonly kind: string; readonly reason: string }[];
}

interface MadeMandate {
  readonly id: string;
  readonly plans: readonly object[];
}

function statesOf<State>(database: MemoryDatabase, table: string): State[] {
  return [...database.of(table).rows].map(({ state }) => JSON.parse(String(state)));
}
