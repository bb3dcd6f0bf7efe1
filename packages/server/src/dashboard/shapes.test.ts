import type * as drawn from "@caravela/web/dashboard";
import { MOVERS } from "@caravela/web/dashboard";
import type { Static } from "typebox";
import { expect, expectTypeOf, it } from "vitest";
import type { apiKeySchema } from "../api-keys/schemas.ts";
import type { entrySchema } from "../audit/routes.ts";
import type { tokenSchema } from "../cards/routes.ts";
import type { operatorSchema, sessionSchema } from "../colleagues/schemas.ts";
import { ROLES } from "../domain/person.ts";
import { limitedFor } from "../domain/role.ts";
import type { endpointSchema, pinged } from "../events/endpoint-routes.ts";
import type { eventSchema, eventWithDeliveries } from "../events/schemas.ts";
import type { mandateSchema } from "../mandates/schemas.ts";
import type { approvalSchema } from "../operations/approval-schemas.ts";
import type { noteSchema } from "../payments/note-routes.ts";
import type { operationSchema } from "../payments/operation-schemas.ts";
import type { attemptSchema, paymentSchema } from "../payments/schemas.ts";
import { OF_CUSTOMERS, type viewSchema } from "../payments/view-routes.ts";
import type { daySum, failureCount, referenceSum } from "../reports/routes.ts";
import type { doctorSchema } from "../watch/doctor-routes.ts";
import type { healthSchema } from "../watch/health-routes.ts";
import type { requestSchema } from "../watch/request-routes.ts";
import { OF_CUSTOMERS as NOT_OFFERED } from "./screens/payments.ts";

it("the dashboard draws what /v1 answers with: whatever may stand there has its words", () => {
  expectTypeOf<Static<typeof paymentSchema>>().toExtend<drawn.Payment>();
  expectTypeOf<Static<typeof attemptSchema>>().toExtend<drawn.Attempt>();
  expectTypeOf<Static<typeof operationSchema>>().toExtend<drawn.Operation>();
  expectTypeOf<Static<typeof mandateSchema>>().toExtend<drawn.Mandate>();
  expectTypeOf<Static<typeof tokenSchema>>().toExtend<drawn.SavedCard>();
  expectTypeOf<Static<typeof noteSchema>>().toExtend<drawn.Note>();
  expectTypeOf<Static<typeof viewSchema>>().toExtend<drawn.SavedView>();
  expectTypeOf<Static<typeof approvalSchema>>().toExtend<drawn.Approval>();
  expectTypeOf<Static<typeof eventSchema>>().toExtend<drawn.ListedEvent>();
  expectTypeOf<Static<typeof eventWithDeliveries>>().toExtend<drawn.DeliveredEvent>();
  expectTypeOf<Static<typeof entrySchema>>().toExtend<drawn.AuditEntry>();
  expectTypeOf<Static<typeof endpointSchema>>().toExtend<drawn.EventEndpoint>();
  expectTypeOf<Static<typeof pinged>>().toExtend<drawn.Pinged>();
  expectTypeOf<Static<typeof apiKeySchema>>().toExtend<drawn.ApiKey>();
  expectTypeOf<Static<typeof requestSchema>>().toExtend<drawn.LoggedRequest>();
  expectTypeOf<Static<typeof doctorSchema>>().toExtend<drawn.Examination>();
  expectTypeOf<Static<typeof operatorSchema>>().toExtend<drawn.Operator>();
  expectTypeOf<Static<typeof sessionSchema>>().toExtend<drawn.Session>();
  expectTypeOf<Static<typeof daySum>>().toExtend<drawn.DaySum>();
  expectTypeOf<Static<typeof failureCount>>().toExtend<drawn.FailureCount>();
  expectTypeOf<Static<typeof referenceSum>>().toExtend<drawn.ReferenceSum>();
  expectTypeOf<Static<typeof healthSchema>>().toExtend<drawn.Health>();
});

it("the dashboard says of those who move a payment's money, and of no others, how much they may", () => {
  for (const role of ROLES) expect(limitedFor(role)).toEqual(MOVERS.includes(role) ? ["refund", "capture"] : []);
});

it("the dashboard offers to keep every view of payments that /v1 keeps, and no other", () => {
  expect(NOT_OFFERED).toEqual(OF_CUSTOMERS);
});
