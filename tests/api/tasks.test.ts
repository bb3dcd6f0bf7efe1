import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { approve, askPhone, createPayment, faults, read } from "../support/actions.ts";
import { type Stage, setStage } from "../support/stage.ts";
import { type Description, readDescription } from "./described.ts";

let stage: Stage;
let description: Description;
beforeAll(async () => {
  stage = await setStage();
  description = await readDescription(stage);
});
afterEach(() => faults(stage, {}));
afterAll(() => stage.close());

interface Shown {
  readonly id: string;
  readonly kind: string;
  readonly subject: string | null;
  readonly text: string;
  readonly next: string;
  readonly actions: readonly { readonly method: string; readonly path: string; readonly text: string }[];
}

async function tasks(language = "en", query = ""): Promise<Shown[]> {
  const { status, body } = await stage.api("GET", `/v1/tasks${query}`, undefined, { "Accept-Language": language });
  expect(status).toBe(200);
  expect(faultsOf(body)).toEqual([]);
  return body.data;
}

/** Each call that a task names is one that the API has. */
function faultsOf({ data }: { data: readonly Shown[] }): string[] {
  const paths = Object.keys(description.document.paths).map(
    (path) => new RegExp(`^${path.replace(/{\w+}/g, "[^/]+")}$`),
  );
  const calls = data.flatMap(({ actions }) => actions.map(({ path }) => path));
  return calls.filter((path) => !paths.some((one) => one.test(path)));
}

/** Those of one subject are those of all that are its own. */
async function of(subject: string): Promise<Shown[]> {
  const own = (await tasks()).filter((one) => one.subject === subject);
  expect(await tasks("en", `?subject=${subject}`)).toEqual(own);
  return own;
}

async function paid(): Promise<`pay_${string}`> {
  const id = await createPayment(stage);
  await askPhone(stage, id);
  await approve(stage);
  await stage.advance(5);
  expect((await read(stage, id)).status).toBe("paid");
  return id;
}

describe("what needs a person", () => {
  it("is a refund in doubt once that lasts, and is gone when it is settled by the call that it names", async () => {
    const id = await paid();
    await faults(stage, { refund: { dropAnswer: 1 }, status: { http: { 503: 1 } } }, { drop: 1 });
    await stage.api("POST", `/v1/payments/${id}/refunds`, { amount: 100 });
    await stage.advance(60);
    expect(await of(id)).toEqual([]);
    await stage.advance(300);
    const [task] = await of(id);
    expect(task).toMatchObject({ kind: "operation_in_doubt" });
    await faults(stage, {});
    const call = task?.actions.find(({ path }) => path.endsWith("/settle"));
    const answer = await stage.api("POST", call?.path ?? "", { outcome: "done", note: "SIBS Backoffice has it." });
    expect(answer.status).toBe(200);
    expect(await of(id)).toEqual([]);
  });

  it("is a refund that SIBS refused, until somebody says that it is done with", async () => {
    const other = await createPayment(stage);
    await askPhone(stage, other, "960000011");
    await stage.advance(15);
    expect((await read(stage, other)).status).toBe("paid");
    await stage.api("POST", `/v1/payments/${other}/refunds`);
    await stage.settle();
    const [task] = await of(other);
    expect(task).toMatchObject({ kind: "refund_failed" });
    expect(task?.actions.map(({ path }) => path)).toEqual([
      `/v1/payments/${other}/refunds`,
      `/v1/payments/${other}/journal`,
      `/v1/tasks/${task?.id}/done`,
    ]);
    const done = `/v1/tasks/${task?.id}/done`;
    expect((await stage.api("POST", done, {})).status).toBe(400);
    expect((await stage.api("POST", done, { note: "Paid back by transfer." })).status).toBe(200);
    expect(await of(other)).toEqual([]);
  });

  it("is read page by page", async () => {
    const ids: string[] = [];
    for (let n = 0; n < 2; n += 1) {
      const id = await createPayment(stage);
      await askPhone(stage, id, "960000011");
      await stage.advance(15);
      await stage.api("POST", `/v1/payments/${id}/refunds`);
    }
    const all = (await tasks()).map(({ id }) => id);
    for (let next: string | null = ""; next !== null; ) {
      const { status, body } = await stage.api("GET", `/v1/tasks?limit=1${next && `&after=${next}`}`);
      expect(status).toBe(200);
      ids.push(...body.data.map(({ id }: Shown) => id));
      next = body.next;
    }
    expect(ids.length).toBeGreaterThan(1);
    expect(ids).toEqual(all);
  });

  it("tells of money that came late and went back by itself, in both languages", async () => {
    const id = await createPayment(stage);
    await askPhone(stage, id);
    await stage.api("POST", `/v1/payments/${id}/cancel`);
    await approve(stage);
    await stage.advance(5);
    const [task] = await of(id);
    expect(task).toMatchObject({
      kind: "money_given_back",
      text: "Money came when the payment was over, and went back to the customer.",
    });
    const inPortuguese = (await tasks("pt")).find(({ id }) => id === task?.id);
    expect(inPortuguese?.text).toBe(
      "O dinheiro chegou quando o pagamento já tinha acabado, e foi devolvido ao cliente.",
    );
  });

  it("is what an endpoint does not take, and what cannot be opened", async () => {
    stage.shopAnswers = 500;
    await createPayment(stage);
    await stage.advance(600);
    const { url } = stage.server;
    await fetch(`${url}/notifications/sibs`, { method: "POST", body: "garbage" });
    const kinds = (await tasks()).map(({ kind }) => kind);
    expect(kinds.slice(0, 2)).toEqual(["events_undelivered", "notifications_refused"]);
    await stage.advance(4 * 24 * 3600);
    const given = (await tasks()).find(({ kind }) => kind === "events_undelivered");
    expect(given?.text).toContain("given up after three days");
    stage.shopAnswers = 200;
    const resend = given?.actions.find(({ path }) => path === "/v1/events/resend");
    const body = JSON.parse(/`(.*)`/.exec(resend?.text ?? "")?.[1] ?? "null");
    expect(body).toEqual({ filter: { endpoint: given?.subject, undelivered: true } });
    const inPortuguese = (await tasks("pt")).find(({ id }) => id === given?.id);
    expect(inPortuguese?.actions.find(({ path }) => path === resend?.path)?.text).toContain(JSON.stringify(body));
    for (const kind of ["events_undelivered", "notifications_refused"]) {
      const task = (await tasks()).find((one) => one.kind === kind);
      const answer = await stage.api("POST", `/v1/tasks/${task?.id}/done`, { note: "The shop was down." });
      expect(answer.status).toBe(200);
    }
    expect(await stage.api("POST", "/v1/events/resend", body)).toMatchObject({ status: 200 });
    const left = (await tasks()).map(({ kind }) => kind);
    expect(left).not.toContain("events_undelivered");
    expect(left).not.toContain("notifications_refused");
  });

  it("ends by no word where another call ends it, and is none that is not there", async () => {
    expect((await stage.api("POST", "/v1/tasks/attention.in_doubt.att_1/done", { note: "x" })).status).toBe(404);
    expect((await stage.api("POST", "/v1/tasks/nothing/done", { note: "x" })).status).toBe(404);
    const noEndpoint = "events_undelivered.ep_00000000000000000000";
    expect((await stage.api("POST", `/v1/tasks/${noEndpoint}/done`, { note: "x" })).status).toBe(404);
    expect((await stage.api("GET", "/v1/tasks?kind=")).status).toBe(400);
  });
});
