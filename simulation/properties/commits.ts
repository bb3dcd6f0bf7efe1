import { isDeepStrictEqual } from "node:util";
import type { By } from "../../packages/server/src/domain/by.ts";
import { withLooks } from "../../packages/server/src/domain/payment/apply-looks.ts";
import { replay } from "../../packages/server/src/domain/payment/earlier-facts.ts";
import type { Payment } from "../../packages/server/src/domain/payment/state.ts";
import { bringUpPaymentRow } from "../../packages/server/src/domain/payment/stored.ts";
import type { StoredFact } from "../../packages/server/src/domain/stored.ts";
import type { Row } from "../store/columns.ts";
import type { MemoryDatabase } from "../store/database.ts";
import { absentInVain, falseEnds, triedTooSoon, unheard } from "./ends.ts";
import type { EachNotice } from "./notices.ts";
import { invitationOf } from "./page.ts";
import type { WrongBy } from "./property.ts";
import { misstepsOf, type Step } from "./steps.ts";
import type { EachWait } from "./waits.ts";
import { wishesLost } from "./wishes.ts";

/** The statements that write what was decided about payments. */
const DECISION = /^payment-(create|decide)/;
/** Those that write what an inquiry found that is no fact. */
const LOOK = /^payment-look/;

/** What must hold of a payment with each commit, the moment that it is there. */
export class EachCommit {
  readonly #database: MemoryDatabase;
  readonly #now: () => number;
  readonly #wrong: WrongBy;
  readonly #notices: EachNotice;
  readonly #waits: EachWait;
  /** Each payment as its journal had it when it was last looked at. */
  readonly #known = new Map<string, Payment>();
  /** Each as it was stored then, with what inquiries found that is no fact. */
  readonly #standing = new Map<string, Payment>();

  constructor(
    database: MemoryDatabase,
    now: () => number,
    { notices, waits }: { readonly notices: EachNotice; readonly waits: EachWait },
    wrong: WrongBy,
  ) {
    this.#database = database;
    this.#now = now;
    this.#notices = notices;
    this.#waits = waits;
    this.#wrong = wrong;
  }

  /** A statement has changed something: one of a decision gives the payments that it wrote. */
  look(statement: string, rows: readonly { readonly id?: unknown }[]): void {
    const isDecision = DECISION.test(statement);
    if (!isDecision && !LOOK.test(statement)) return;
    for (const id of rows.map((one) => String(one.id))) {
      const row = this.#database.of("caravela.payment").get(id);
      if (row === undefined) this.#wrong("acknowledged")(id, "was written, and is not there");
      else if (isDecision) this.#lookAt(id, row);
      else this.#hear(this.#stored(row), []);
    }
  }

  /** What SIBS has notified and answered is heard. */
  #hear(stored: Payment, lines: readonly StoredFact[]): void {
    this.#notices.look(stored, lines, this.#now());
    this.#waits.look(stored.id, lines);
    for (const says of unheard(this.#database, stored)) this.#wrong("claims")(stored.id, says);
    const before = this.#standing.get(stored.id) ?? null;
    for (const says of triedTooSoon(before, stored)) this.#wrong("periods")(stored.id, says);
    this.#standing.set(stored.id, stored);
  }

  #stored(row: Row): Payment {
    const read = this.#database.of("caravela.payment").read(row, ["state", "looks", "looked"]);
    return bringUpPaymentRow(read as never);
  }

  #lookAt(id: string, row: Row): void {
    const stored = this.#stored(row);
    const before = this.#known.get(id) ?? null;
    const lines = this.#linesSince(id, before?.version ?? 0);
    if (lines.length === 0) this.#wrong("journal")(id, "was decided about, and its journal has no new fact");
    const now = { ...replay(lines, before), sequence: stored.sequence };
    this.#known.set(id, now);
    const told = { ...withLooks(now, stored.looks), looked: stored.looked };
    if (!isDeepStrictEqual(told, stored)) this.#wrong("journal")(id, "its new facts come to another state");
    this.#hear(stored, lines);
    const events = this.#eventsBetween(id, before?.sequence ?? 0, stored.sequence);
    this.#judge({ before, now, facts: lines.map(({ kind }) => kind), events }, endedByClock(lines));
  }

  #judge(step: Step, byClock: ReadonlySet<unknown>): void {
    const { before, now } = step;
    for (const { property, says } of misstepsOf(step)) this.#wrong(property)(now.id, says);
    for (const says of falseEnds(this.#database, before, now, byClock)) this.#wrong("claims")(now.id, says);
    for (const says of absentInVain(this.#database, before, now)) this.#wrong("claims")(now.id, says);
    for (const says of wishesLost({ ...step, byClock })) this.#wrong("wishes")(now.id, says);
    const invitation = invitationOf(now, this.#now());
    if (invitation !== null) this.#wrong("inviting")(now.id, invitation);
  }

  #linesSince(id: string, version: number): StoredFact[] {
    const facts = this.#database.of("caravela.fact");
    return [...facts.inOrder("of_subject", id).after(version)].map((row) => facts.read(row) as never);
  }

  #eventsBetween(id: string, before: number, last: number): string[] {
    const events = this.#database.of("caravela.event");
    const types: string[] = [];
    for (let sequence = before + 1; sequence <= last; sequence += 1) {
      const type = events.by("event_payment_id_sequence_key", id, sequence)?.type;
      if (type === undefined) this.#wrong("events")(id, `event ${sequence} was not written with its fact`);
      else types.push(String(type));
    }
    return types;
  }
}

/** The attempts that our own clock ended, not a word of SIBS's. */
function endedByClock(lines: readonly StoredFact[]): ReadonlySet<unknown> {
  const ends = lines.filter(({ kind, data }) => kind === "attempt_ended" && (data.by as By | null)?.type === "clock");
  return new Set(ends.map(({ data }) => data.attempt));
}
