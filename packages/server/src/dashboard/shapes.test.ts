import type * as drawn from "@caravela/web/dashboard";
import type { Static } from "typebox";
import { expectTypeOf, it } from "vitest";
import type { tokenSchema } from "../cards/routes.ts";
import type { operatorSchema, sessionSchema } from "../colleagues/schemas.ts";
import type { eventSchema, eventWithDeliveries } from "../events/schemas.ts";
import type { mandateSchema } from "../mandates/schemas.ts";
import type { approvalSchema } from "../operations/approval-schemas.ts";
import type { operationSchema } from "../payments/operation-schemas.ts";
import type { attemptSchema, paymentSchema } from "../payments/schemas.ts";
import type { daySum, failureCount, referenceSum } from "../reports/routes.ts";
import type { healthSchema } from "../watch/health-routes.ts";

it("the dashboard draws what /v1 answers with: whatever may stand there has its words", () => {
  expectTypeOf<Static<typeof paymentSchema>>().toExtend<drawn.Payment>();
  expectTypeOf<Static<typeof attemptSchema>>().toExtend<drawn.Attempt>();
  expectTypeOf<Static<typeof operationSchema>>().toExtend<drawn.Operation>();
  expectTypeOf<Static<typeof mandateSchema>>().toExtend<drawn.Mandate>();
  expectTypeOf<Static<typeof tokenSchema>>().toExtend<drawn.SavedCard>();
  expectTypeOf<Static<typeof approvalSchema>>().toExtend<drawn.Approval>();
  expectTypeOf<Static<typeof eventSchema>>().toExtend<drawn.ShopEvent>();
  expectTypeOf<Static<typeof eventWithDeliveries>>().toExtend<drawn.DeliveredEvent>();
  expectTypeOf<Static<typeof operatorSchema>>().toExtend<drawn.Operator>();
  expectTypeOf<Static<typeof sessionSchema>>().toExtend<drawn.Session>();
  expectTypeOf<Static<typeof daySum>>().toExtend<drawn.DaySum>();
  expectTypeOf<Static<typeof failureCount>>().toExtend<drawn.FailureCount>();
  expectTypeOf<Static<typeof referenceSum>>().toExtend<drawn.ReferenceSum>();
  expectTypeOf<Static<typeof healthSchema>>().toExtend<drawn.Health>();
});
