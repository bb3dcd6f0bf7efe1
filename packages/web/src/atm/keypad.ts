/** How long each field is; a full one hands over to the next. */
export const LENGTHS = { entity: 5, reference: 9, amount: 9 } as const;

export type Field = keyof typeof LENGTHS;

export const FIELDS: readonly Field[] = ["entity", "reference", "amount"];

export type Typed = Record<Field, string>;

/** What a press on a key makes of the fields, and which field is typed into next. */
export function press(typed: Typed, field: Field, key: string): { typed: Typed; field: Field } {
  const value = digitsAndComma(typed[field]);
  if (value.length >= LENGTHS[field] || (key === "," && field !== "amount")) return { typed, field };
  const longer = { ...typed, [field]: value + key };
  const full = longer[field].length === LENGTHS[field];
  return { typed: longer, field: (full ? FIELDS[FIELDS.indexOf(field) + 1] : undefined) ?? field };
}

/** What the correcting key makes of them: one digit less, or back to the field before when there is none. */
export function correct(typed: Typed, field: Field): { typed: Typed; field: Field } {
  if (typed[field] === "") return { typed, field: FIELDS[FIELDS.indexOf(field) - 1] ?? field };
  return { typed: { ...typed, [field]: typed[field].slice(0, -1) }, field };
}

function digitsAndComma(text: string): string {
  return text.replace(/[^\d.,]/g, "");
}
