import {
  activeMandate,
  agree,
  approve,
  askMandate,
  askPhone,
  askReference,
  createPayment,
  faults,
  inTheApp,
  payAtAtm,
  read,
} from "../../tests/support/actions.ts";
import { createCardPayment, payByCard } from "../../tests/support/cards.ts";
import type { Json } from "../../tests/support/json.ts";
import { dayOn, makePlan } from "../../tests/support/plans.ts";
import type { Programs } from "./programs.ts";

/** What a version's API answered about everything it stored, as it was left. */
export interface Answers {
  /** Each payment by the name of its story. */
  readonly payments: readonly { readonly story: string; readonly payment: Json }[];
  readonly mandates: readonly { readonly story: string; readonly mandate: Json }[];
}

type Stage = ReturnType<typeof stageOf>;

const CARD = "4111111111111111";
const CARD_WITH_CHALLENGE = "4176660000000100";

/** Makes payments of every kind that the version has, and leaves them as they are half-way. */
export async function play(programs: Programs): Promise<Answers> {
  const stage = stageOf(programs);
  await stage.api("POST", "/v1/event-endpoints", { url: programs.shopUrl });
  const payments = new Map<string, string>();
  const tell = async (stories: Record<string, (stage: Stage) => Promise<string>>) => {
    for (const [story, make] of Object.entries(stories)) {
      try {
        payments.set(story, await make(stage));
      } catch (error) {
        console.log(`this version cannot: ${story} (${String(error)})`);
      }
      await stage.settle();
    }
  };
  await tell(OVER_TIME);
  await stage.advance(4 * 24 * 3600);
  const mandates = (await serves(stage, "/v1/mandates")) ? await tellOfMandates(stage, payments) : new Map();
  await tell(STORIES);
  if (await serves(stage, "/v1/tokens?customer=c9")) await tell({ ...HOLD_STORIES, ...CARD_STORIES });
  programs.refuseEvents();
  await tell({ "paid, and the shop did not take the event": paidByPhone });
  await faults(stage, {
    status: { http: { 503: 1 } },
    "mbway-id/purchase": { dropAnswer: 1 },
    refund: { dropAnswer: 1 },
  });
  await tell(IN_DOUBT);
  return {
    payments: await Promise.all([...payments].map(async ([story, id]) => ({ story, payment: await read(stage, id) }))),
    mandates: await Promise.all(
      [...mandates].map(async ([story, id]) => ({
        story,
        mandate: (await stage.api("GET", `/v1/mandates/${id}`)).body,
      })),
    ),
  };
}

function stageOf(programs: Programs) {
  let ahead = 0;
  const advance = async (seconds: number) => {
    const answer = await programs.sandbox("POST", "/clock/advance", { seconds });
    ahead = answer.body.offsetSeconds * 1000;
  };
  return {
    api: programs.api,
    sandbox: programs.sandbox,
    events: [],
    advance,
    settle: () => advance(0),
    now: () => Date.now() + ahead,
  };
}

/** Whether the version has this part of the API. */
async function serves(stage: Stage, path: string): Promise<boolean> {
  return stage.api("GET", path).then(
    () => true,
    () => false,
  );
}

/** What ends by the passing of time. */
const OVER_TIME = {
  expired: (stage: Stage) => createPayment(stage),
  "a reference that ended": async (stage: Stage) => {
    const id = await createPayment(stage);
    await askReference(stage, id);
    return id;
  },
  "a request that nobody answered": async (stage: Stage) => {
    const id = await createPayment(stage, { expiresAt: new Date(stage.now() + 80 * 24 * 3600_000).toISOString() });
    await askPhone(stage, id, "912000001");
    return id;
  },
};

async function paidByPhone(stage: Stage): Promise<string> {
  const id = await createPayment(stage);
  await askPhone(stage, id, "912000002");
  await approve(stage, "912000002");
  await stage.settle();
  return id;
}

const STORIES = {
  open: (stage: Stage) =>
    createPayment(stage, {
      description: "Two mugs",
      methods: ["mbway", "multibanco"],
      latePayments: "accept",
      metadata: { basket: "17" },
      customer: { id: "c9", name: "Ana", email: "ana@example.pt" },
      returnUrl: "https://shop.example/thanks?order=17",
    }),
  "waits on the phone": async (stage: Stage) => {
    const id = await createPayment(stage);
    await askPhone(stage, id, "912000003");
    return id;
  },
  "waits at the cash machine": async (stage: Stage) => {
    const id = await createPayment(stage);
    await askReference(stage, id);
    return id;
  },
  "paid by phone": paidByPhone,
  "paid at the cash machine": async (stage: Stage) => {
    const id = await createPayment(stage);
    const { body } = await askReference(stage, id);
    await payAtAtm(stage, body.multibanco);
    return id;
  },
  "refunded in part": async (stage: Stage) => {
    const id = await paidByPhone(stage);
    await stage.api("POST", `/v1/payments/${id}/refunds`, { amount: 200 });
    return id;
  },
  "refused on the phone": async (stage: Stage) => {
    const id = await createPayment(stage);
    await askPhone(stage, id, "912000004");
    await stage.sandbox("POST", "/phones/351%23912000004/decline");
    return id;
  },
  "canceled with its reference": async (stage: Stage) => {
    const id = await createPayment(stage);
    await askReference(stage, id);
    await stage.api("POST", `/v1/payments/${id}/cancel`, {});
    return id;
  },
  "late money, given back": async (stage: Stage) => {
    const id = await createPayment(stage);
    await askPhone(stage, id, "912000005");
    await stage.api("POST", `/v1/payments/${id}/cancel`, {});
    await approve(stage, "912000005");
    return id;
  },
  "left the reference for the phone": async (stage: Stage) => {
    const id = await createPayment(stage);
    await askReference(stage, id);
    await askPhone(stage, id, "912000006");
    return id;
  },
};

const HOLD_STORIES = {
  "held by phone": heldByPhone,
  "held by phone, captured in part": async (stage: Stage) => {
    const id = await heldByPhone(stage);
    await stage.api("POST", `/v1/payments/${id}/capture`, { amount: 200 });
    return id;
  },
};

async function heldByPhone(stage: Stage): Promise<string> {
  const id = await createPayment(stage, { methods: ["mbway"], capture: "manual" });
  await askPhone(stage, id, "912000008");
  await approve(stage, "912000008");
  await stage.settle();
  return id;
}

const CARD_STORIES = {
  "paid by card, which is kept": async (stage: Stage) => {
    const id = await createCardPayment(stage, { methods: ["card"], saveCard: true });
    await payByCard(stage, id, CARD);
    return id;
  },
  "held by card": async (stage: Stage) => {
    const id = await createCardPayment(stage, { methods: ["card"], capture: "manual" });
    await payByCard(stage, id, CARD);
    return id;
  },
  "captured in part": async (stage: Stage) => {
    const id = await createCardPayment(stage, { methods: ["card"], capture: "manual" });
    await payByCard(stage, id, CARD);
    await stage.api("POST", `/v1/payments/${id}/capture`, { amount: 200 });
    return id;
  },
  "given up": async (stage: Stage) => {
    const id = await createCardPayment(stage, { methods: ["card"], capture: "manual" });
    await payByCard(stage, id, CARD);
    await stage.api("POST", `/v1/payments/${id}/cancel`, {});
    return id;
  },
  "the issuer wants to see the customer": async (stage: Stage) => {
    const id = await createCardPayment(stage, { methods: ["card"] });
    await payByCard(stage, id, CARD_WITH_CHALLENGE, "597");
    return id;
  },
  "charged by the merchant": async (stage: Stage) => {
    const [token] = (await stage.api("GET", "/v1/tokens?customer=c9")).body.data;
    const customer = { id: "c9", name: "Ana Sousa", email: "ana@example.pt" };
    return createPayment(stage, { token: token.id, initiator: "merchant", customer });
  },
};

async function tellOfMandates(stage: Stage, payments: Map<string, string>): Promise<Map<string, string>> {
  const mandates = new Map<string, string>();
  mandates.set("not answered yet", (await askMandate(stage, { phone: "913000001" })).id);
  const { id: suspended } = await askMandate(stage, { phone: "919999999" });
  const creation = await agree(stage);
  await inTheApp(stage, "suspend", creation);
  mandates.set("suspended", suspended);
  const active = await activeMandate(stage, { type: "oneclick" });
  mandates.set("active", active.id);
  const charged = await createPayment(stage, { customer: { id: "c9", name: "Ana" } });
  await stage.api("POST", `/v1/payments/${charged}/attempts`, { method: "mandate", mandate: active.id });
  payments.set("charged by a mandate", charged);
  const planned = await activeMandate(stage);
  mandates.set("with a plan", planned.id);
  const plan = await makePlan(stage, planned.id, { every: { days: 2 }, firstDate: dayOn(stage, 1) });
  await stage.advance(2 * 24 * 3600);
  const { data } = (await stage.api("GET", `/v1/payments?plan=${plan.id}`)).body;
  payments.set("charged by a plan", data[0].id);
  return mandates;
}

const IN_DOUBT = {
  "in doubt whether the phone was asked": async (stage: Stage) => {
    const id = await createPayment(stage);
    await askPhone(stage, id, "912000007");
    return id;
  },
  "in doubt whether it was refunded": async (stage: Stage) => {
    const { data } = (await stage.api("GET", "/v1/payments?status=paid&limit=100")).body;
    const paid = data.find(
      (one: { amountRefunded: number; attempts: { method: string }[] }) =>
        one.amountRefunded === 0 && one.attempts.at(-1)?.method === "multibanco",
    );
    await stage.api("POST", `/v1/payments/${paid.id}/refunds`, { amount: 300 });
    return paid.id;
  },
};
