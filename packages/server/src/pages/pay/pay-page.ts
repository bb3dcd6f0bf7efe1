import type { PayView } from "@caravela/web/pay";
import type { FastifyRequest } from "fastify";
import type { Payment } from "../../domain/payment/state.ts";
import type { CustomerPage } from "../customer-page.ts";
import type { FaultyForm } from "./methods/types.ts";

/** A payment's page: the full one, or the one inside a page of the shop's. */
export interface PayPage extends CustomerPage<Payment, PayView> {
  /** @param faulty a form that comes back to whoever sent it. */
  show(payment: Payment, request: FastifyRequest, faulty?: FaultyForm): Promise<PayView>;
}
