import type { FastifyRequest } from "fastify";

/** A form's fields as they arrived; a field that came twice is a list. */
export type FormFields = Readonly<Record<string, unknown>>;

/** What was typed into a field; nothing when it did not come, or came twice. */
export function textOf(fields: FormFields, name: string): string {
  const value = fields[name];
  return typeof value === "string" ? value : "";
}

/** The fields that a request brought; none when it brought no form. */
export function fieldsOf({ body }: FastifyRequest): FormFields {
  return typeof body === "object" && body !== null ? (body as FormFields) : {};
}

/** How many attempts the page had seen. A form that does not say has seen none of ours, and starts nothing. */
export function seenOf({ request }: FormFields): number {
  return typeof request === "string" && /^\d{1,6}$/.test(request) ? Number(request) : -1;
}
