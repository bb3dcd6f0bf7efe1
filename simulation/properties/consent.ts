import { applyMandate } from "../../packages/server/src/domain/mandate/apply.ts";
import { bringUpMandateFact } from "../../packages/server/src/domain/mandate/earlier-facts.ts";
import type { Mandate } from "../../packages/server/src/domain/mandate/state.ts";
import type { Fact } from "../../packages/server/src/domain/payment/facts.ts";
import type { StoredFact } from "../../packages/server/src/domain/stored.ts";
import type { MemoryDatabase } from "../store/database.ts";
import type { Wrong } from "./property.ts";

type Prepared = Extract<Fact, { readonly kind: "attempt_prepared" }>;
type PlanOfPayment = Extract<Fact, { readonly kind: "payment_created" }>["payment"]["plan"];

/** How a plan stands by which nothing is charged; what it charged last is tried again still when it has ended. */
const STOPPED: readonly string[] = ["paused", "canceled", "not there"];

/** The statements that may keep a card. */
const CARDS = /-cards?\b/;

/** The statements that write what was decided. */
const DECISION = /^(payment|mandate)-(create|decide)/;

/**
 * With each commit: that SIBS is asked for money by an authorised payment is written only while that is active, and,
 * where a plan charges, while the plan is neither paused nor canceled; by a saved card only until whoever forgot it was
 * told so, and it does not come back under another id. Whoever ends any of these knows when they are answered that
 * nothing is charged.
 */
export class Consent {
  readonly #database: MemoryDatabase;
  readonly #forgotten: ReadonlySet<string>;
  readonly #wrong: Wrong;
  /** How many lines of each journal are read. */
  readonly #read = new Map<string, number>();
  readonly #mandates = new Map<string, Mandate>();
  readonly #attempts = new Map<string, Prepared>();
  /** Of which transaction each saved card was. */
  readonly #cards = new Map<string, string>();
  readonly #plans = new Map<string, PlanOfPayment>();

  /** @param forgotten the saved cards of which somebody was told that they are */
  constructor(database: MemoryDatabase, forgotten: ReadonlySet<string>, wrong: Wrong) {
    this.#database = database;
    this.#forgotten = forgotten;
    this.#wrong = wrong;
  }

  /** A statement has changed something: one of a decision gives what it wrote. */
  look(statement: string, rows: readonly { readonly id?: unknown }[]): void {
    if (CARDS.test(statement)) this.#lookAtCards();
    if (!DECISION.test(statement)) return;
    for (const { id } of rows) for (const line of this.#newLinesOf(String(id))) this.#follow(String(id), line);
  }

  #lookAtCards(): void {
    for (const row of this.#database.of("caravela.saved_card").rows) {
      const [id, transaction] = [String(row.id), String(row.transaction_id)];
      if (this.#cards.has(id)) continue;
      const before = [...this.#cards].find(([one, of]) => of === transaction && this.#forgotten.has(one));
      this.#cards.set(id, transaction);
      if (before !== undefined) this.#wrong(id, `is ${before[0]} again, which was forgotten`);
    }
  }

  #newLinesOf(subject: string): readonly StoredFact[] {
    const facts = this.#database.of("caravela.fact");
    const read = this.#read.get(subject) ?? 0;
    const lines = [...facts.inOrder("of_subject", subject).after(read)].map((row) => facts.read(row) as never);
    this.#read.set(subject, read + lines.length);
    return lines;
  }

  #follow(subject: string, stored: StoredFact): void {
    if (subject.startsWith("man_")) {
      const before = this.#mandates.get(subject) ?? null;
      this.#mandates.set(subject, applyMandate(before, bringUpMandateFact(before, stored)));
      return;
    }
    const fact = { ...stored.data, kind: stored.kind, at: stored.at.getTime() } as Fact;
    if (fact.kind === "payment_created") this.#plans.set(subject, fact.payment.plan);
    if (fact.kind === "attempt_prepared") this.#attempts.set(fact.attempt, fact);
    const sent = fact.kind === "attempt_submitted" ? this.#attempts.get(fact.attempt) : undefined;
    if (sent !== undefined) this.#judge(subject, sent);
  }

  #judge(subject: string, { attempt, mandate, token, initiator }: Prepared): void {
    const says = (by: string, how: string) => this.#wrong(subject, `${attempt} was charged by ${by}, which was ${how}`);
    if (token !== null && this.#forgotten.has(token)) says(token, "forgotten");
    if (mandate === null) return;
    const standing = this.#mandates.get(mandate.id);
    const plan = initiator === "merchant" ? (this.#plans.get(subject) ?? null) : null;
    const { status = "not there" } = standing?.plans.find(({ id }) => id === plan?.id) ?? {};
    if (standing?.status !== "active") says(mandate.id, standing?.status ?? "not there");
    else if (plan !== null && STOPPED.includes(status)) says(plan.id, status);
  }
}
