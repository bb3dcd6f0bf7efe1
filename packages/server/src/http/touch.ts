import type { Caller } from "../domain/api-key.ts";
import { touchedUntil } from "../domain/person.ts";
import type { Instant } from "../domain/time.ts";
import { touchRequired } from "./problems.ts";

declare module "fastify" {
  interface FastifyContextConfig {
    /** Whether a person does this only after a fresh touch of their passkey: what a screen left open must not do. */
    readonly wantsTouch?: true;
  }
}

/** @throws Problem with status 403 of a person who has not touched their passkey lately. */
export function refuseUntouched({ person }: Caller, now: Instant): void {
  if (person !== null && touchedUntil(person, now) === null) throw touchRequired("Touch your passkey first");
}
