import type { StoredFact } from "../../packages/server/src/domain/stored.ts";
import type { Wrong } from "./property.ts";

/** What could not be sent is sent again when its time has come, and not before: who cannot answer is not pressed. */
export class EachWait {
  readonly #wrong: Wrong;
  /** Until when each operation waits, in milliseconds since 1970. */
  readonly #until = new Map<string, number>();

  constructor(wrong: Wrong) {
    this.#wrong = wrong;
  }

  /** A payment was written, with these new facts. */
  look(payment: string, lines: readonly StoredFact[]): void {
    for (const { kind, at, data } of lines) {
      const operation = String(data.operation);
      if (kind === "operation_postponed") this.#until.set(operation, Number(data.until));
      if (kind === "operation_sent") this.#sent(payment, operation, at.getTime());
    }
  }

  #sent(payment: string, operation: string, at: number): void {
    const early = (this.#until.get(operation) ?? at) - at;
    this.#until.delete(operation);
    if (early > 0) this.#wrong(payment, `${operation} is sent again ${early} ms before its time`);
  }
}
