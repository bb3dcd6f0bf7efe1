import type { ListEventsQuery, ResendEventsInput } from "@caravela/client";
import { CannotStart } from "@caravela/platform/cannot-start";
import type { Environment } from "@caravela/platform/settings";
import type { Output } from "../output.ts";
import { connect, readServer } from "./connect.ts";
import { columns, inLisbon } from "./words.ts";

/** Lists events, newest first. */
export async function listEvents(env: Environment, query: ListEventsQuery, output: Output): Promise<void> {
  const page = await connect(readServer(env)).events.list(query);
  const rows = page.data.map((event) => {
    const { day, time } = inLisbon(event.timestamp);
    return [`${day} ${time}`, event.id, event.type, subjectOf(event), event.undelivered ? "not delivered" : ""];
  });
  output.result(page, [
    ...columns(rows),
    ...(rows.length === 0 ? ["There is no such event."] : []),
    ...(page.next === null ? [] : [`There are more: --after ${page.next}`]),
  ]);
}

/** Shows an event, where it goes, and how each try to deliver it went. */
export async function showEvent(env: Environment, id: string, output: Output): Promise<void> {
  const event = await connect(readServer(env)).events.retrieve(id);
  const { id: _id, type, timestamp, sequence, endpoints, deliveries, data } = event;
  const { day, time } = inLisbon(timestamp);
  output.result(event, [
    `${event.id}  ${type}  ${subjectOf(event)}  number ${sequence}  ${day} ${time}`,
    ...endpoints.map(
      ({ endpoint, standing, tries, nextTryAt }) =>
        `${endpoint}: ${standing.replace("_", " ")} after ${tries} tries${nextTryAt === null ? "" : `, next at ${nextTryAt}`}`,
    ),
    ...deliveries.map(({ endpoint, at, status, ms }) => `  ${at}  ${endpoint}  ${status ?? "no answer"}  ${ms} ms`),
    JSON.stringify(data, null, 2),
  ]);
}

/** Sends an event again, or all that a filter leaves. @throws CannotStart where neither is said, or both */
export async function resendEvents(
  env: Environment,
  id: string | undefined,
  filter: Readonly<Record<string, unknown>>,
  output: Output,
): Promise<void> {
  const isFiltered = Object.keys(filter).length > 0;
  if ((id === undefined) !== isFiltered)
    throw new CannotStart(
      "Say which: an event's id, or else --undelivered, --type, --payment, --mandate or --endpoint.",
    );
  const { events } = connect(readServer(env));
  if (id !== undefined) {
    const { endpoints } = await events.resend(id);
    const where =
      endpoints.length === 0 ? "no endpoint wants it" : endpoints.map(({ endpoint }) => endpoint).join(", ");
    output.result({ count: 1 }, `${id} is sent again: ${where}.`);
    return;
  }
  // what there is not the server refuses, by its name
  const { count } = await events.resendAll({ filter: filter as ResendEventsInput["filter"] });
  output.result({ count }, `${count} events are sent again.`);
}

/** The payment or the authorised payment that an event tells of. */
export function subjectOf({ data }: { readonly data: object }): string {
  const { payment, mandate } = data as { payment?: { id: string }; mandate?: { id: string } };
  return payment?.id ?? mandate?.id ?? "";
}
