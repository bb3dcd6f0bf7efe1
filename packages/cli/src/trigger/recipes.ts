import { lisbonDate } from "@caravela/platform/lisbon";
import type { World } from "./world.ts";

/** What an event is told of, as its list is asked. */
export type Subject = { readonly payment: string } | { readonly mandate: string };

/** How an event is brought about. */
export interface Recipe {
  readonly says: string;
  /** The clock of server and gateway goes ahead by this. */
  readonly advances?: string;
  readonly run: (world: World) => Promise<Subject>;
}

const ofPayment = ({ id }: { readonly id: string }): Subject => ({ payment: id });
const ofMandate = ({ id }: { readonly id: string }): Subject => ({ mandate: id });

const HOUR_MS = 3_600_000;

const CUSTOMER = {
  name: "Ana Silva",
  email: "ana@example.pt",
  billingAddress: { street1: "Rua do Cais 1", city: "Lisboa", postcode: "1200-999", country: "PT" },
};
/** Approved at once, outside 3-D Secure. */
const CARD = { number: "4111111111111111", expiry: "12/30", code: "123", name: "Ana Silva" };
/** Approves by itself, and takes no refund. */
const REFUSES_REFUNDS = "960000011";

function afterApproval(
  says: string,
  capture: "automatic" | "manual",
  act: (world: World, payment: string) => Promise<unknown>,
): Recipe {
  return {
    says,
    run: async (world) => {
      const { id } = await world.approved({ capture });
      await act(world, id);
      return { payment: id };
    },
  };
}

const refunded = afterApproval("paid by MB WAY, and given back in part", "automatic", (world, id) =>
  world.caravela.refunds.create(id, { amount: 250 }),
);
const captured = afterApproval("held by MB WAY, and captured", "manual", (world, id) =>
  world.caravela.payments.capture(id),
);
const released = afterApproval("held by MB WAY, and given up", "manual", (world, id) =>
  world.caravela.payments.cancel(id),
);

const planned: Recipe = {
  says: "an authorised payment, and a plan that charges it each month, from the day after tomorrow",
  run: async (world) => ofMandate(await plan(world)),
};

async function plan(
  world: World,
  { mandate = world.mandateAgreed(), inDays = 2 } = {},
): Promise<{ id: string; plan: string }> {
  const { id } = await mandate;
  const now = await world.gateway.clock.now();
  const firstDate = lisbonDate(now.getTime() + inDays * 24 * HOUR_MS);
  const made = await world.caravela.plans.create(id, { amount: 990, currency: "EUR", every: "month", firstDate });
  return { id, plan: made.id };
}

function withPlan(says: string, act: (world: World, plan: string) => Promise<unknown>): Recipe {
  return {
    says,
    run: async (world) => {
      const made = await plan(world);
      await act(world, made.plan);
      return ofMandate(made);
    },
  };
}

function onPhone(says: string, ...presses: Parameters<World["onPhone"]>[0][]): Recipe {
  return {
    says,
    run: async (world) => {
      const mandate = await world.mandateAgreed();
      for (const press of presses) await world.onPhone(press);
      return ofMandate(mandate);
    },
  };
}

/** The events that can be brought about, and how. */
export const RECIPES: Readonly<Record<string, Recipe>> = {
  "payment.created": { says: "asked for", run: async (world) => ofPayment(await world.payment()) },
  "payment.pending": { says: "asked of a phone", run: async (world) => ofPayment(await world.asked()) },
  "payment.paid": { says: "approved on the phone", run: async (world) => ofPayment(await world.approved()) },
  "payment.authorized": {
    says: "approved on the phone, and held",
    run: async (world) => ofPayment(await world.approved({ capture: "manual" })),
  },
  "payment.attempt_failed": {
    says: "declined on the phone",
    run: async (world) => {
      const payment = await world.asked();
      await world.gateway.phone(world.phone).decline();
      return ofPayment(payment);
    },
  },
  "payment.canceled": {
    says: "asked for, and canceled by the shop",
    run: async (world) => {
      const payment = await world.payment();
      await world.caravela.payments.cancel(payment.id);
      return ofPayment(payment);
    },
  },
  "payment.expired": {
    says: "asked for, and not paid in time",
    advances: "an hour",
    run: async (world) => {
      const now = await world.gateway.clock.now();
      const payment = await world.payment({ expiresAt: new Date(now.getTime() + HOUR_MS).toISOString() });
      await world.gateway.clock.advance({ hours: 1, minutes: 1 });
      return ofPayment(payment);
    },
  },
  "payment.reference_expiring": {
    says: "a Multibanco reference that nobody pays",
    advances: "two hours",
    run: async (world) => {
      const now = await world.gateway.clock.now();
      const payment = await world.payment({ expiresAt: new Date(now.getTime() + 25 * HOUR_MS).toISOString() });
      await world.caravela.attempts.start(payment.id, { method: "multibanco" });
      await world.gateway.clock.advance({ hours: 2 });
      return ofPayment(payment);
    },
  },
  "refund.created": refunded,
  "refund.succeeded": refunded,
  "refund.failed": {
    says: "paid by a phone of which SIBS refuses every refund",
    run: async (world) => {
      const { id } = await world.asked({}, REFUSES_REFUNDS);
      await world.settled(id, "paid");
      await world.caravela.refunds.create(id);
      return { payment: id };
    },
  },
  "capture.created": captured,
  "capture.succeeded": captured,
  "cancellation.created": released,
  "cancellation.succeeded": released,
  "token.created": {
    says: "paid by a card that the customer lets you keep",
    run: async (world) => {
      const customer = { id: `trigger-${world.phone}`, ...CUSTOMER };
      const payment = await world.payment({ customer, saveCard: true, methods: ["card"] });
      await world.caravela.attempts.start(payment.id, { method: "card", card: CARD });
      return ofPayment(payment);
    },
  },
  "mandate.created": { says: "asked of a phone", run: async (world) => ofMandate(await world.mandateAsked()) },
  "mandate.activated": { says: "agreed to on the phone", run: async (world) => ofMandate(await world.mandateAgreed()) },
  "mandate.refused": {
    says: "declined on the phone",
    run: async (world) => {
      const mandate = await world.mandateAsked();
      await world.gateway.phone(world.phone).decline();
      return ofMandate(mandate);
    },
  },
  "mandate.suspended": onPhone("paused on the phone", "suspend"),
  "mandate.reactivated": {
    says: "paused on the phone, and taken up again",
    run: async (world) => {
      const { id } = await world.mandateAgreed();
      await world.onPhone("suspend");
      await world.until(
        () => world.caravela.mandates.retrieve(id),
        ({ status }) => status === "suspended",
        `the authorised payment ${id} to be suspended`,
      );
      await world.onPhone("reactivate");
      return { mandate: id };
    },
  },
  "mandate.changed": onPhone("given another limit on the phone", "change"),
  "mandate.canceled": {
    says: "agreed to, and ended by the shop",
    run: async (world) => {
      const mandate = await world.mandateAgreed();
      await world.caravela.mandates.cancel(mandate.id);
      return ofMandate(mandate);
    },
  },
  "plan.created": planned,
  "plan.activated": {
    says: "a plan on an authorised payment that is then agreed to",
    run: async (world) => {
      const made = await plan(world, { mandate: world.mandateAsked() });
      await world.gateway.phone(world.phone).approve();
      return ofMandate(made);
    },
  },
  "plan.charge_upcoming": {
    says: "a plan whose first charge is today",
    run: async (world) => ofMandate(await plan(world, { inDays: 0 })),
  },
  "plan.charge_skipped": withPlan("a plan of which a charge is left out", (world, id) => world.caravela.plans.skip(id)),
  "plan.paused": withPlan("a plan that the shop pauses", (world, id) => world.caravela.plans.pause(id)),
  "plan.resumed": withPlan("a plan that the shop pauses and resumes", async (world, id) => {
    await world.caravela.plans.pause(id);
    await world.caravela.plans.resume(id);
  }),
  "plan.canceled": withPlan("a plan that the shop ends", (world, id) => world.caravela.plans.cancel(id)),
};
