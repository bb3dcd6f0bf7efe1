import type { PayScreen, PayView } from "@caravela/web/pay";
import type { Attempt } from "../../domain/attempt.ts";
import type { StartAttempt } from "../../domain/attempts.ts";
import type { Method } from "../../domain/methods/index.ts";
import type { Payment } from "../../domain/payment.ts";
import type { Instant } from "../../domain/time.ts";
import { mbway } from "./mbway.ts";
import { multibanco } from "./multibanco.ts";

/** What the customer's page has to know of a method. */
export interface MethodOnPage {
  /** Where the customer stands while an attempt by this method is live. */
  screen(payment: Payment, attempt: Attempt, now: Instant): PayScreen;
  /** Reads the method's form: the attempt it asks for, or what is wrong with what was typed. */
  read(fields: FormFields): { start: Omit<StartAttempt, "seen"> } | { typed: NonNullable<PayView["typed"]> };
}

/** A form's fields as they arrived; a field that came twice is a list. */
export type FormFields = Readonly<Record<string, unknown>>;

const onPage: Readonly<Record<Method, MethodOnPage>> = { mbway, multibanco };

export function onPageOf(method: Method): MethodOnPage {
  return onPage[method];
}

/** Every method that has a form. */
export const methodsOnPage = Object.keys(onPage) as Method[];
