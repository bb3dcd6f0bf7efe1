import { lisbonText } from "@caravela/platform/lisbon";
import { cents, eurosText } from "@caravela/sibs/money";

/** An amount as people write it: `€5.50`. */
export function euros(amount: number): string {
  return `€${eurosText(cents(amount))}`;
}

/** A moment in Lisbon, to the second: its day, and its time. */
export function inLisbon(moment: string): { readonly day: string; readonly time: string } {
  const [, day = "", time = ""] = /^(.+)T(\d\d:\d\d:\d\d)/.exec(lisbonText(new Date(moment), "seconds")) ?? [];
  return { day, time };
}

/** Rows under one another, column by column. */
export function columns(rows: readonly (readonly string[])[]): string[] {
  const widths = (rows[0] ?? []).map((_cell, at) => Math.max(...rows.map((row) => [...(row[at] ?? "")].length)));
  return rows.map((row) =>
    row
      .map((cell, at) => cell + " ".repeat((widths[at] ?? 0) - [...cell].length))
      .join("  ")
      .trimEnd(),
  );
}
