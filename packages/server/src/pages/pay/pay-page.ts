import type { PayView } from "@caravela/web/pay";
import type { Payment } from "../../domain/payment/state.ts";
import type { CustomerPage } from "../customer-page.ts";

/** A payment's page. */
export type PayPage = CustomerPage<Payment, PayView>;
