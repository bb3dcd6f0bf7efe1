import type { WireAnswer, WireRequest } from "../network.ts";
import type { MemoryDatabase } from "../store/database.ts";
import type { WrongBy } from "./property.ts";

/** What a POST makes, by the end of its path, and of which payment. */
const MAKES = /^\/v1\/payments(?:\/(pay_\w+)\/(refunds|capture|cancel))?$/;
/** What a refusal says of what is left. */
const LEFT = /^At most (\d+) cents/;

/** What must hold of each answer, and of what was asked for by how many keys. */
export class EachAnswer {
  readonly #wrong: WrongBy;
  /** By what was asked for. */
  readonly #keys = new Map<string, Set<string>>();

  constructor(wrong: WrongBy) {
    this.#wrong = wrong;
  }

  /** Somebody asks a server, whatever becomes of it. */
  asked({ method, path, headers }: WireRequest): void {
    const key = headers["idempotency-key"];
    const [, payment, what] = MAKES.exec(path) ?? [];
    if (method !== "POST" || key === undefined || !MAKES.test(path)) return;
    const name = nameOf(payment, what);
    this.#keys.set(name, (this.#keys.get(name) ?? new Set()).add(key));
  }

  /** A server has answered. What it refuses as too much is more than it says is left. */
  answered({ path, body }: WireRequest, answer: WireAnswer): void {
    const left = answer.status < 400 ? null : LEFT.exec(JSON.parse(answer.body).detail ?? "");
    if (left === null || body === undefined) return;
    const { amount = 0 } = JSON.parse(body);
    if (amount <= Number(left[1])) this.#wrong("answers")(path, `${amount} was refused: ${left[0]}`);
  }

  /** When all is over: no key has made two things. */
  countThings(database: MemoryDatabase): void {
    const payments = [...database.of("caravela.payment").rows];
    // a plan makes its payments by itself, each for one of its periods
    this.#count("", undefined, undefined, payments.filter(({ plan_id }) => plan_id === null).length);
    for (const { id, state } of payments) {
      const { operations } = JSON.parse(String(state)) as { operations: readonly { kind: string; reason: string }[] };
      const made = (kind: string) => operations.filter((one) => one.kind === kind && one.reason === "requested").length;
      this.#count(String(id), String(id), "refunds", made("refund"));
      this.#count(String(id), String(id), "capture", made("capture"));
      this.#count(String(id), String(id), "cancel", made("cancellation"));
    }
  }

  #count(subject: string, payment: string | undefined, what: string | undefined, made: number): void {
    const keys = this.#keys.get(nameOf(payment, what))?.size ?? 0;
    if (made > keys) this.#wrong("answers")(subject, `${made} were made by ${keys} keys: ${what ?? "payments"}`);
  }
}

const nameOf = (payment = "", what = "payments"): string => `${payment} ${what}`;
