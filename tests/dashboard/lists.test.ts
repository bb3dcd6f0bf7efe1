import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { approve, askPhone, createPayment } from "../support/actions.ts";
import { deskOf, type Seen } from "../support/dashboard.ts";
import { asOperator, type SignedIn } from "../support/operators.ts";
import { type Stage, setStage } from "../support/stage.ts";

let stage: Stage;
let accountant: SignedIn;
beforeAll(async () => {
  stage = await setStage();
  accountant = await asOperator(stage, "accountant");
  for (const amount of [100, 250]) {
    const id = await createPayment(stage);
    await askPhone(stage, id);
    await approve(stage);
    await stage.settle();
    await stage.api("POST", `/v1/payments/${id}/refunds`, { amount });
  }
});
afterAll(() => stage.close());

function fileOf({ html }: Seen): string {
  const [, path = ""] = /href="(\/v1\/exports\/[^"]*)"/.exec(html) ?? [];
  return path.replaceAll("&amp;", "&");
}

async function read(path: string): Promise<string> {
  const answer = await fetch(`${stage.server.url}${path}`, { headers: { cookie: accountant.cookie } });
  expect(answer.status).toBe(200);
  return answer.text();
}

describe("the list of refunds", () => {
  it("shows each with why and how it stands, and keeps to its filters", async () => {
    const desk = deskOf(stage, accountant);
    const all = await desk.look("/dashboard/refunds");
    expect(all.text).toMatch(/Done asked for See the payment €2\.50 .*Done asked for See the payment €1\.00/);
    const failed = await desk.look("/dashboard/refunds?status=failed");
    expect(failed.text).toContain("No refund matches these filters.");
    expect((await desk.look("/dashboard/refunds?status=wrong")).status).toBe(400);
  });
});

describe("a list as a file", () => {
  it("is just this list, as a spreadsheet of the language reads it", async () => {
    const inEnglish = fileOf(await deskOf(stage, accountant).look("/dashboard/refunds?status=succeeded"));
    expect((await read(inEnglish)).split("\r\n").length).toBe(4);
    const none = fileOf(await deskOf(stage, accountant).look("/dashboard/refunds?status=failed"));
    expect((await read(none)).split("\r\n").length).toBe(2);
    const found = fileOf(await deskOf(stage, accountant, "pt").look("/dashboard/payments?q=5,50+€"));
    expect(found).toContain("format=pt");
    expect(await read(found)).toContain(";5,50;");
  });

  it("is offered to whom it is given alone", async () => {
    const desk = deskOf(stage, await asOperator(stage, "support"));
    for (const path of ["/dashboard/refunds", "/dashboard/payments"]) expect(fileOf(await desk.look(path))).toBe("");
  });
});
