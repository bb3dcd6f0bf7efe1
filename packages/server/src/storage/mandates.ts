import type { Queries } from "@caravela/platform/postgres/pool";
import type { By } from "../domain/by.ts";
import type { Given } from "../domain/decision.ts";
import type { MandateId } from "../domain/identifiers.ts";
import { applyMandate } from "../domain/mandate/apply.ts";
import { mandateIsAwaited } from "../domain/mandate/awaited.ts";
import { createMandate } from "../domain/mandate/begin.ts";
import { mandateTimers } from "../domain/mandate/due.ts";
import { bringUpMandateFact } from "../domain/mandate/earlier-facts.ts";
import type { MandateFact, RecordedOfMandate } from "../domain/mandate/facts.ts";
import { wantInquiry } from "../domain/mandate/hear.ts";
import { lookAtMandate } from "../domain/mandate/look.ts";
import { recordedOfMandate } from "../domain/mandate/record.ts";
import type { Mandate, MandateLook, NewMandate } from "../domain/mandate/state.ts";
import { bringUpMandateRow } from "../domain/mandate/stored.ts";
import type { StoredRow } from "../domain/stored.ts";
import type { OfTerminal } from "../terminals.ts";
import type { Ground } from "./ground.ts";
import { JournaledStore } from "./journal.ts";
import type { IdempotencyRow } from "./keys.ts";
import type * as kinds from "./kinds.ts";
import { listMandates, type MandateFilter } from "./listed-mandates.ts";
import { listPlans, type PlanFilter, type PlanOf } from "./listed-plans.ts";
import { listRowsOfMandate } from "./lists.ts";
import type { Page, PageRequest } from "./paging.ts";
import { STORED } from "./statements.ts";

/** What became of a decision about a mandate. */
export type DecidedMandate = kinds.Decided<"mandate", Mandate, MandateFact>;

const kind: kinds.Kind<"mandate", Mandate, MandateFact, RecordedOfMandate> = {
  name: "mandate",
  changing: ({ status }) => ({ status }),
  fixed: ({ terminal, type, phone, customer, reference, description }) => ({
    terminal,
    type,
    phone,
    customer_id: customer.id,
    reference,
    description,
  }),
  stored: (state) => state,
  bringUp: (row) => bringUpMandateRow(row as StoredRow<MandateLook>),
  look: lookAtMandate,
  recorded: recordedOfMandate,
  bringUpFact: bringUpMandateFact,
  apply: applyMandate,
  timersOf: mandateTimers,
  isAwaited: mandateIsAwaited,
  keysIn,
  uncountedBy: () => [],
  listRows: listRowsOfMandate,
};

/** Mandates in PostgreSQL, with the plans that stand on them. */
export class MandateStore extends JournaledStore<"mandate", Mandate, MandateFact, RecordedOfMandate> {
  constructor(parts: kinds.StoreParts<Mandate, MandateFact>) {
    super(kind, parts);
  }

  /** The same mandates, for what somebody else has decided. */
  by(by: By): MandateStore {
    return new MandateStore({ ...this.parts, by });
  }

  /** The same mandates in a transaction of somebody's; `later`: what is to be done once it is committed. */
  inside(connection: Queries, later: (() => void)[]): MandateStore {
    return new MandateStore(this.within(connection, later));
  }

  /** Records a new mandate with the request's key. Null: this phone is being asked for the same thing already. */
  create(ask: (given: Given) => NewMandate, answer: (mandate: Mandate) => IdempotencyRow): Promise<Mandate | null> {
    return this.recordFirst((given) => createMandate(ask(given), given), answer);
  }

  /** What waits on a phone, asked for by the same terminal and by the same words. */
  async findPending({ phone, type, reference, description, terminal }: NewMandate): Promise<Mandate | null> {
    const { before } = this.parts;
    const { rows } = await this.pool.query<StoredRow>({
      name: "mandate-pending",
      text: `select ${STORED} from caravela.mandate
              where status = 'pending' and phone = $1 and type = $2 and coalesce(reference, '') = $3 and description = $4
                and coalesce(terminal, $6) = $5`,
      values: [phone, type, reference ?? "", description, terminal ?? before, before],
    });
    const [row] = rows;
    return row === undefined ? null : kind.bringUp(row);
  }

  /** A mandate, as what a decision stands on. */
  async standingOn(id: MandateId): Promise<{ readonly ground: Ground; readonly as: Mandate } | null> {
    const mandate = await this.load(id);
    if (mandate === null) return null;
    return { ground: { table: "mandate", id, mark: String(mandate.version) }, as: mandate };
  }

  /**
   * The mandate of a page: the customer agrees on one, and manages it on the other; neither page's word opens the
   * other, and of an erased customer's there is none any more.
   */
  async findByToken(token: string, page: "authorize" | "manage"): Promise<Mandate | null> {
    const mandate = await this.findBy(token);
    const isOf =
      mandate?.erasedAt === null && mandate[page === "authorize" ? "authorizeToken" : "manageToken"] === token;
    return isOf ? mandate : null;
  }

  /** A customer's mandates that can be charged at the terminal of a payment, newest first. */
  async activeOf(customerId: string, { terminal }: OfTerminal): Promise<Mandate[]> {
    const { before } = this.parts;
    const { rows } = await this.pool.query<StoredRow>({
      name: "mandate-active-of",
      text: `select ${STORED} from caravela.mandate where customer_id = $1 and status = 'active' and coalesce(terminal, $3) = $2
              order by created_at desc, id desc`,
      values: [customerId, terminal ?? before, before],
    });
    return rows.map((row) => kind.bringUp(row));
  }

  /** Which of these mandates are this customer's, at the terminal of a payment. */
  async ofCustomer(
    ids: readonly MandateId[],
    customerId: string,
    { terminal }: OfTerminal,
  ): Promise<ReadonlySet<MandateId>> {
    const { before } = this.parts;
    const { rows } = await this.pool.query<{ id: MandateId }>({
      name: "mandate-of-customer",
      text: "select id from caravela.mandate where id = any ($1) and customer_id = $2 and coalesce(terminal, $4) = $3",
      values: [ids, customerId, terminal ?? before, before],
    });
    return new Set(rows.map(({ id }) => id));
  }

  /** Mandates, newest first. */
  list(filter: Partial<MandateFilter>, page: PageRequest): Promise<Page<Mandate>> {
    return listMandates(this.lists(), filter, page);
  }

  /** The plans of all mandates, newest first. */
  listPlans(filter: Partial<PlanFilter>, page: PageRequest): Promise<Page<PlanOf>> {
    return listPlans(this.lists(), filter, page);
  }

  /** Has SIBS asked now how a mandate stands, as after a charge that was refused. */
  async askSoon(id: MandateId): Promise<void> {
    await this.record(id, wantInquiry);
  }
}

/**
 * The keys by which a mandate can be found from this fact on: its pages, its plans, and what SIBS will name in its
 * notifications.
 */
function keysIn(fact: MandateFact): string[] {
  switch (fact.kind) {
    case "mandate_created":
      return [fact.mandate.authorizeToken, fact.mandate.manageToken, fact.mandate.id];
    case "mandate_named":
      return [fact.transactionId, ...(fact.mandateId === null ? [] : [fact.mandateId])];
    case "mandate_heard":
      return fact.mandateId === null ? [] : [fact.mandateId];
    case "mandate_canceled":
      return [fact.operation];
    case "plan_created":
      return [fact.plan];
    default:
      return [];
  }
}
