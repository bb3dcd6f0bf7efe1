import type { Http } from "@caravela/platform/http";
import { cents } from "@caravela/sibs/money";
import { Type } from "typebox";
import type { Idempotency } from "../http/idempotency.ts";
import { problem, problemOf } from "../http/problems.ts";
import { amount, answers, idempotencyHeaders, nullable, optional, params } from "../http/schemas.ts";
import { presentRefund } from "../payments/present.ts";
import { find } from "../payments/routes.ts";
import { refundSchema } from "../payments/schemas.ts";
import type { Services } from "../payments/services.ts";
import { refundPayment } from "./refund-payment.ts";

const refundBody = nullable(
  Type.Object(
    { amount: optional(amount) },
    { additionalProperties: false, description: "Without an amount: all that is left." },
  ),
);

/** Giving money back. */
export function operationRoutes(http: Http, services: Services, { idempotency }: { idempotency: Idempotency }): void {
  http.post(
    "/v1/payments/:id/refunds",
    {
      schema: {
        tags: ["Refunds"],
        summary: "Refund a payment, in full or in part",
        params,
        headers: idempotencyHeaders,
        body: refundBody,
        response: answers({ 201: refundSchema }),
      },
    },
    async (request, reply) => {
      const { id } = request.params;
      return idempotency.answer(request, reply, {
        carryOut: async (key) => {
          await find(services, id);
          const asked = request.body?.amount ?? null;
          const refunded = await refundPayment(services, id, asked === null ? null : cents(asked), key);
          if ("refused" in refunded) throw problemOf(refunded);
          return { status: 201, body: presentRefund(refunded.payment, refunded.refund) };
        },
        recall: async (refund) => {
          const payment = await find(services, id);
          const made = payment.refunds.find((one) => one.id === refund);
          if (made === undefined) throw problem("not_found", "There is no refund of this id.");
          return { status: 201, body: presentRefund(payment, made) };
        },
      });
    },
  );
}
