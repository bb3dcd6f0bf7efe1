import createClient from "openapi-fetch";
import type { paths } from "./api.d.ts";

const { SERVER = "http://127.0.0.1:3000", GATEWAY = "http://127.0.0.1:4010" } = process.env;

/** The API by a key. */
export const clientBy = (key: string) =>
  createClient<paths>({ baseUrl: SERVER, headers: { authorization: `Bearer ${key}` } });

/** The API by the key of the server's settings. */
export const caravela = clientBy(process.env.KEY ?? "sk_test_caravela");

/** Each request has a key of its own: sent again with it, it is answered as it was the first time. */
export const once = () => ({ "Idempotency-Key": crypto.randomUUID() });

/** What was answered; a problem is thrown. */
export function answered<T>({ data, error }: { data?: T; error?: { detail: string } }): NonNullable<T> {
  if (data == null) throw new Error(error?.detail ?? "there is no answer");
  return data;
}

/** Does on the local gateway what a customer does, or what goes wrong at SIBS. */
export async function sandbox(method: "POST" | "PUT", path: string, body: object = {}): Promise<void> {
  const headers = { "content-type": "application/json" };
  const done = await fetch(`${GATEWAY}/sandbox${path}`, { method, headers, body: JSON.stringify(body) });
  if (!done.ok) throw new Error(await done.text());
}

/** Waits until a payment is paid. A shop is told by an event instead. */
export async function untilPaid(id: string): Promise<void> {
  for (let status = ""; status !== "paid"; await new Promise((resume) => setTimeout(resume, 100)))
    ({ status } = answered(await caravela.GET("/v1/payments/{id}", { params: { path: { id } } })));
}
