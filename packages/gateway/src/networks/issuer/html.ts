/** HTML that is safe to send: what was put into it is escaped. */
export interface Html {
  readonly markup: string;
}

/** Makes HTML; whatever is put in is escaped, unless it is HTML itself (or a list of it). */
export function html(texts: TemplateStringsArray, ...values: readonly (string | Html | readonly Html[])[]): Html {
  return { markup: texts.map((text, at) => `${text}${at < values.length ? markupOf(values[at]) : ""}`).join("") };
}

function markupOf(value: string | Html | readonly Html[] | undefined): string {
  if (value === undefined) return "";
  if (typeof value === "string") return escaped(value);
  return "markup" in value ? value.markup : value.map(markupOf).join("");
}

const ENTITIES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (character) => ENTITIES[character] ?? "");
}
