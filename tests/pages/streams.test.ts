import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { activeMandate, createPayment } from "../support/actions.ts";
import { type Stage, setStage } from "../support/stage.ts";

let stage: Stage;
beforeAll(async () => {
  stage = await setStage();
});
afterAll(() => stage.close());

async function payUrl(): Promise<string> {
  return (await stage.api("GET", `/v1/payments/${await createPayment(stage)}`)).body.payUrl;
}

describe("streams of one page to one address", () => {
  it("are a few, however many are asked for, and all else is answered meanwhile", async () => {
    const url = await payUrl();
    const hangUp = new AbortController();
    const asked = Array.from({ length: 400 }, (_, n) =>
      fetch(`${url}/events`, {
        signal: hangUp.signal,
        headers: { "x-forwarded-for": `2001:db8::${n.toString(16)}` },
      }),
    );
    const first = await Promise.all(asked.slice(0, 50));
    const begun = performance.now();
    expect((await fetch(`${stage.server.url}/readyz`)).status).toBe(200);
    await createPayment(stage);
    // where streams are not counted, they hold up everybody else until a call of theirs is given up
    expect(performance.now() - begun).toBeLessThan(10_000);
    const answers = [...first, ...(await Promise.all(asked.slice(50)))];
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(5);
    const refused = answers.filter(({ status }) => status === 429);
    expect(refused).toHaveLength(395);
    expect(refused[0]?.headers.get("retry-after")).toBe("30");
    expect(await refused[0]?.text()).toContain("looks by itself");
    const other = await fetch(`${url}/events`, {
      headers: { "x-forwarded-for": "2001:db9::1" },
      signal: hangUp.signal,
    });
    expect(other.status).toBe(200);
    hangUp.abort();
  });
});

it("the page of an authorised payment shows its first view after a reconnect: charges change it, and not its version", async () => {
  const { manageUrl } = await activeMandate(stage);
  const { version } = (await (await fetch(`${manageUrl}/view`)).json()) as { version: number };
  const hangUp = new AbortController();
  const headers = { "last-event-id": String(version) };
  const { body } = await fetch(`${manageUrl}/events`, { headers, signal: hangUp.signal });
  const first = await (body as ReadableStream<Uint8Array>).getReader().read();
  expect(new TextDecoder().decode(first.value)).toContain(`"version":${version}`);
  hangUp.abort();
});
