import { MANDATE_EVENT_TYPES } from "../domain/mandate/events-of.ts";
import { PAYMENT_EVENT_TYPES } from "../domain/payment/events-of.ts";
import { PLAN_EVENT_TYPES } from "../domain/plan/events-of.ts";

/** Every type of event there is. Each is listed in the documentation; a test holds the two equal. */
export const EVENT_TYPES = [...PAYMENT_EVENT_TYPES, ...MANDATE_EVENT_TYPES, ...PLAN_EVENT_TYPES] as const;

export type EventType = (typeof EVENT_TYPES)[number];
