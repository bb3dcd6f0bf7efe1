import type { WireAnswer, WireRequest } from "../network.ts";
import type { MemoryDatabase } from "../store/database.ts";
import type { WrongBy } from "./property.ts";

/** Where something is made by a POST. */
const MAKES = /^\/v1\/(payments|payments\/pay_\w+\/(refunds|capture|cancel)|mandates|mandates\/man_\w+\/plans)$/;
/** What a refusal says of what is left. */
const LEFT = /^At most (\d+) cents/;

/** What must hold of each answer, and of what was asked for by how many keys. */
export class EachAnswer {
  readonly #wrong: WrongBy;
  /** By the path that was asked. */
  readonly #keys = new Map<string, Set<string>>();

  constructor(wrong: WrongBy) {
    this.#wrong = wrong;
  }

  /** Somebody asks a server, whatever becomes of it. */
  asked({ method, path, headers }: WireRequest): void {
    const key = headers["idempotency-key"];
    if (method !== "POST" || key === undefined || !MAKES.test(path)) return;
    this.#keys.set(path, (this.#keys.get(path) ?? new Set()).add(key));
  }

  /** A server has answered. What it refuses as too much is more than it says is left. */
  answered({ path, body }: WireRequest, answer: WireAnswer): void {
    const left = answer.status < 400 ? null : LEFT.exec(JSON.parse(answer.body).detail ?? "");
    if (left === null || body === undefined) return;
    const { amount = 0 } = JSON.parse(body);
    if (amount <= Number(left[1])) this.#wrong("answers")(path, `${amount} was refused: ${left[0]}`);
  }

  /** When all is over: no key has made two things. A plan's payments are made by its own clock. */
  countThings(database: MemoryDatabase): void {
    const payments = statesOf<MadePayment>(database, "caravela.payment");
    const mandates = statesOf<MadeMandate>(database, "caravela.mandate");
    this.#count("", "/v1/payments", payments.filter(({ plan }) => plan === null).length);
    for (const { id, operations } of payments) {
      const made = (kind: string) => operations.filter((one) => one.kind === kind && one.reason === "requested").length;
      this.#count(id, `/v1/payments/${id}/refunds`, made("refund"));
      this.#count(id, `/v1/payments/${id}/capture`, made("capture"));
      this.#count(id, `/v1/payments/${id}/cancel`, made("cancellation"));
    }
    this.#count("", "/v1/mandates", mandates.length);
    for (const { id, plans } of mandates) this.#count(id, `/v1/mandates/${id}/plans`, plans.length);
  }

  #count(subject: string, path: string, made: number): void {
    const keys = this.#keys.get(path)?.size ?? 0;
    if (made > keys) this.#wrong("answers")(subject, `${made} were made by ${keys} keys: ${path}`);
  }
}

interface MadePayment {
  readonly id: string;
  readonly plan: object | null;
  readonly operations: readonly { readonly kind: string; readonly reason: string }[];
}

interface MadeMandate {
  readonly id: string;
  readonly plans: readonly object[];
}

function statesOf<State>(database: MemoryDatabase, table: string): State[] {
  return [...database.of(table).rows].map(({ state }) => JSON.parse(String(state)));
}
