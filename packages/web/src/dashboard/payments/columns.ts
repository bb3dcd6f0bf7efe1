/** What can stand of each payment in the list, in the order in which it stands. */
const COLUMNS = [
  "reference",
  "standing",
  "how",
  "customer",
  "description",
  "terminal",
  "created",
  "paid",
  "amount",
  "captured",
  "refunded",
] as const;

export type ColumnName = (typeof COLUMNS)[number];

/** The order leads to the payment: it stands always. */
const LEADS: ColumnName = "reference";

/** Those that one chooses among. */
export const CHOSEN_COLUMNS = COLUMNS.filter((name) => name !== LEADS);

/** Those that stand where nobody chose. */
export const USUAL_COLUMNS: readonly ColumnName[] = ["reference", "standing", "how", "customer", "created", "amount"];

/** Whether it is of money. */
export function isMoney(name: ColumnName): boolean {
  return name === "amount" || name === "captured" || name === "refunded";
}

/** The columns that an address names, with commas between; the usual ones where it names none. */
export function columnsIn(named: string | undefined): readonly ColumnName[] {
  const wanted = (named ?? "").split(",");
  const chosen = CHOSEN_COLUMNS.filter((name) => wanted.includes(name));
  return chosen.length === 0 ? USUAL_COLUMNS : [LEADS, ...chosen];
}
