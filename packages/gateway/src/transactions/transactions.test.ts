import { afterAll, beforeAll, expect, it } from "vitest";
import { type MadeCheckout, type TestGateway, testGateway } from "../../testing/gateway.ts";
import { type RunningGateway, startGateway } from "../main.ts";

let gateway: TestGateway;
/** Another process on the same database. */
let other: RunningGateway;

beforeAll(async () => {
  gateway = await testGateway();
  const { databaseUrl } = gateway;
  other = await startGateway({ databaseUrl, host: "127.0.0.1", port: 0, clockFollowers: [], logLevel: "silent" });
});

afterAll(async () => {
  await other.close();
  await gateway.close();
});

const pressElsewhere = async (pressed: "approve" | "decline", phone: string, { id }: MadeCheckout) => {
  const answer = await fetch(`${other.url}/sandbox/phones/${encodeURIComponent(phone)}/${pressed}`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ id }),
  });
  return answer.status;
};

it("decides on what another process has made of a transaction, not on what it wrote of it last", async () => {
  const made = await gateway.checkout({ methods: ["MBWAY"], reference: null });
  await gateway.purchase(made, "351#919999991");
  expect(await pressElsewhere("decline", "351#919999991", made)).toBe(200);
  expect((await gateway.answerPhone("approve", "351#919999991", made.id)).status).toBe(404);
  expect(await gateway.status(made.id)).toMatchObject({ paymentStatus: "Declined" });
});

it("takes a purchase whose first answer counts, wherever the second is asked for", async () => {
  const made = await gateway.checkout({ methods: ["MBWAY"], reference: null });
  const [first, second] = await Promise.all([gateway.purchase(made), gateway.purchase(made)]);
  expect([first.status, second.status].sort()).toEqual([200, 409]);
});

it("knows nothing any more of what was reset", async () => {
  const made = await gateway.checkout({ methods: ["MBWAY"], reference: null });
  await gateway.sandbox("/reset", {});
  expect((await gateway.purchase(made)).status).toBe(404);
  expect((await gateway.sandbox("/transactions")).body.transactions).toEqual([]);
});

it("gives each of many calls at once its own answer, and tells of each once", async () => {
  await gateway.sandbox("/reset", {});
  const places = Array.from({ length: 150 }, (_, at) => at);
  const phone = (at: number) => `351#91${String(at).padStart(7, "0")}`;
  const made = await Promise.all(
    places.map((at) =>
      gateway.checkout({ methods: ["MBWAY"], reference: null, amount: at + 1, merchantTransactionId: `order-${at}` }),
    ),
  );
  await Promise.all(made.map((one, at) => gateway.purchase(one, phone(at))));
  await Promise.all(
    made.map((one, at) => gateway.answerPhone(at % 3 === 0 ? "decline" : "approve", phone(at), one.id)),
  );
  const statuses = await Promise.all(made.map(({ id }) => gateway.status(id)));
  expect(
    statuses.map((one) => [one.merchant.merchantTransactionId, Number(one.amount.value), one.paymentStatus]),
  ).toEqual(places.map((at) => [`order-${at}`, at + 1, at % 3 === 0 ? "Declined" : "Success"]));
  const told = (await gateway.sandbox("/notifications?limit=100")).body;
  const rest = (await gateway.sandbox(`/notifications?limit=100&after=${told.next}`)).body;
  const ids = [...told.notifications, ...rest.notifications].map((one) => one.transactionID);
  expect(ids.toSorted()).toEqual(made.map(({ id }) => id).toSorted());
});
