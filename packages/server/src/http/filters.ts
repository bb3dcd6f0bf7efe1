import { type CivilDate, isCivilDate } from "@caravela/platform/lisbon";
import type { FieldError } from "@caravela/platform/problems";
import { isMoment } from "@caravela/platform/validation";
import { Type } from "typebox";
import { asTerminalId, type TerminalId } from "../domain/identifiers.ts";
import { daySpan, type Span } from "../domain/span.ts";

declare module "fastify" {
  interface FastifyContextConfig {
    /**
     * What is wrong with the route's filters that no schema holds: a day that is none, two that contradict each other.
     */
    readonly filterFaults?: (query: Query) => readonly FieldError[];
  }
}

/** A query as it was sent. */
export type Query = Readonly<Record<string, unknown>>;

/** What filters come to, and all that is wrong with them. */
export interface ReadFilter<F> {
  readonly filter: F;
  readonly faults: readonly FieldError[];
}

const MOMENT = "must be a day that the calendar has, as 2026-11-27, or a moment with its zone, as 2026-11-27T10:00:00Z";

/** Reads the filters of a query one after the other, and gathers what is wrong with them. */
export class FilterReader {
  readonly faults: FieldError[] = [];
  readonly #query: Query;

  constructor(query: Query) {
    this.#query = query;
  }

  /**
   * A text, or whatever the route's schema makes of it; null: it is not asked for. What is blank is refused elsewhere.
   */
  value<T>(name: string): T | null {
    const value = this.#query[name];
    return value === undefined || Array.isArray(value) || (typeof value === "string" && value.trim() === "")
      ? null
      : (value as T);
  }

  /** A flag, before or after the route's schema has read it; null: it is not asked for. */
  flag(name: string): boolean | null {
    const value = this.value<string | boolean>(name);
    return value === null ? null : String(value) === "true";
  }

  /** Several words of some, with commas between them; null: none are asked for. */
  words<W extends string>(name: string, known: readonly W[]): readonly W[] | null {
    const value = this.value<string>(name);
    if (value === null) return null;
    const words = value.split(",").map((word) => word.trim());
    if (words.every((word) => known.includes(word as W))) return [...new Set(words)] as W[];
    this.fault(name, `must be one or more of ${known.join(", ")}, with commas between them`);
    return null;
  }

  /**
   * The span from `name_from` to `name_to`, or between two others: of a day in Lisbon all of it, of a moment exactly
   * that, both ends within.
   */
  span(name: string, [first, last]: readonly [string, string] = [`${name}_from`, `${name}_to`]): Span {
    const span = { from: this.#moment(first)?.from ?? null, before: this.#moment(last)?.before ?? null };
    if (span.from !== null && span.before !== null && span.from >= span.before) {
      this.fault(first, `is after ${last}: nothing is in between`);
      this.fault(last, `is before ${first}: nothing is in between`);
    }
    return span;
  }

  /** The spans of when it was made and of when its money moved, which is never before. */
  createdAndPaid(): { readonly created: Span; readonly paid: Span } {
    const [created, paid] = [this.span("created"), this.span("paid")];
    if (created.from !== null && paid.before !== null && paid.before <= created.from) {
      this.fault("paid_to", "is before created_from: nothing is paid before it is created");
    }
    return { created, paid };
  }

  /**
   * That what is asked for is found among some words alone, as `can` says: none of those that are asked for is, so they
   * leave nothing. `wanted` null: whatever it is.
   */
  onlyOf<W extends string>(name: string, wanted: readonly W[] | null, can: readonly W[], why: string): void {
    if (wanted !== null && !wanted.some((word) => can.includes(word))) this.fault(name, `leaves nothing: ${why}`);
  }

  /** A day in Lisbon; null: none is asked for, or it is none. */
  day(name: string): CivilDate | null {
    const value = this.value<string>(name);
    if (value === null || isCivilDate(value)) return value;
    this.fault(name, "must be a day that the calendar has, as 2026-11-27");
    return null;
  }

  /** A terminal's number; null: none is asked for, or it is none. */
  terminal(name: string): TerminalId | null {
    const value = this.value<string>(name);
    const terminal = value === null ? null : asTerminalId(value);
    if (value !== null && terminal === null)
      this.fault(name, "must be a terminal's number, as SIBS Backoffice shows it");
    return terminal;
  }

  /** One more thing that is wrong. */
  fault(field: string, message: string): void {
    this.faults.push({ field, message });
  }

  #moment(name: string): Span | null {
    const value = this.value<string>(name);
    if (value === null) return null;
    if (isCivilDate(value)) return daySpan(value);
    // a plus sign that was not written as %2B has become a blank
    const moment = value.replace(/ (?=\d\d:\d\d$)/, "+");
    if (isMoment(moment)) return { from: Date.parse(moment), before: Date.parse(moment) + 1 };
    this.fault(name, MOMENT);
    return null;
  }
}

/** The two ends of a span, as a route's query has them. */
export function spanQuery(name: string, of: string) {
  const end = (which: string) =>
    Type.Optional(
      Type.String({
        maxLength: 40,
        description: `${which} ${of}: a day in Lisbon, which counts whole, or a moment with its zone, which counts exactly.`,
        examples: ["2026-11-27", "2026-11-27T10:00:00Z"],
      }),
    );
  return { [`${name}_from`]: end("From when on it was"), [`${name}_to`]: end("Until when it was") };
}

/** The words of a search, as a route's query has them. */
export function searchQuery(finds: string, examples?: readonly string[]) {
  return Type.Optional(
    Type.String({
      minLength: 1,
      maxLength: 200,
      format: "seen",
      description: `What a customer reads out: ${finds}.`,
      ...(examples !== undefined && { examples }),
    }),
  );
}

/** Several words with commas between them, as a route's query has them. */
export function wordsQuery(description: string, known: readonly string[]) {
  return Type.Optional(
    Type.String({
      maxLength: 200,
      description: `${description} One or more of ${known.map((word) => `\`${word}\``).join(", ")}, with commas between them.`,
      examples: [known.slice(-2).join(",")],
    }),
  );
}
