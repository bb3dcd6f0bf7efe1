import { createLog } from "@caravela/platform/log";
import { describe, expect, it } from "vitest";
import { SibsPort } from "../sibs/port.ts";
import { byTerminal } from "../terminals.ts";
import { askFirst } from "./ask-first.ts";
import { type Called, lookUp } from "./look-up.ts";

const SAID = { returnStatus: { statusCode: "E0301", statusMsg: "Not Found", statusDescription: "" } };

/** A SIBS whose every call is answered so. */
const answering = (answer: () => Response | Promise<Response>) =>
  new SibsPort({
    terminalId: 52221,
    clientId: "id",
    token: "token",
    baseUrl: "http://127.0.0.1:9",
    retries: 0,
    fetch: async () => answer(),
  });

const OF = { terminal: "52221" } as const;
const CALLED = { own: "rfd_1", transactionId: null, madeOn: "s2original" } as const;
const looked = (answer: () => Response | Promise<Response>, called: Partial<Called> = {}) =>
  lookUp(answering(answer), { ...CALLED, ...called });
const NOTHING_STORED = {
  clock: { now: () => new Date(0) },
  payments: { load: async () => null, findBy: async () => null },
  log: createLog({ name: "test", level: "silent" }),
};
const page = (status: number) => new Response("<html>not here</html>", { status });

describe("a look-up by our own id", () => {
  it("finds nothing only where SIBS says so itself", async () => {
    expect(await looked(() => Response.json(SAID, { status: 404 }))).toMatchObject({ kind: "not_found" });
  });

  const silences: Readonly<Record<string, () => Response | Promise<Response>>> = {
    "a page with 404": () => page(404),
    "404 of what stands before SIBS": () =>
      Response.json({ httpCode: "404", httpMessage: "Not Found" }, { status: 404 }),
    "404 without a word": () => new Response(null, { status: 404 }),
    "a page with 200": () => page(200),
    "401": () => Response.json(SAID, { status: 401 }),
    "403": () => Response.json(SAID, { status: 403 }),
    "400": () => Response.json(SAID, { status: 400 }),
    "408": () => Response.json(SAID, { status: 408 }),
    "429": () => Response.json(SAID, { status: 429 }),
    "500": () => Response.json(SAID, { status: 500 }),
    "502 with a page": () => page(502),
    "503": () => Response.json(SAID, { status: 503 }),
    "a cut connection": () => Promise.reject(new TypeError("terminated")),
    "an answer that says nothing": () => Response.json(SAID),
  };
  it.each(Object.entries(silences))("says nothing by %s", async (_what, answer) => {
    expect(await looked(answer)).toMatchObject({ kind: "silence" });
  });

  it("finds what has our id, or says none; another's is no answer", async () => {
    const status = { transactionID: "s2x", paymentStatus: "Success", ...SAID };
    const merchant = (merchantTransactionId: string) => ({ ...status, merchant: { merchantTransactionId } });
    expect(await looked(() => Response.json(status))).toMatchObject({ kind: "found" });
    expect(await looked(() => Response.json(merchant("rfd_1")))).toMatchObject({ kind: "found" });
    expect(await looked(() => Response.json(merchant("rfd_2")))).toMatchObject({
      kind: "silence",
      fault: { error: "another's status" },
    });
  });

  it("takes what is said of the transaction that it was made on, or of any other, for no answer", async () => {
    const status = (transactionID: string) => () => Response.json({ transactionID, paymentStatus: "Success", ...SAID });
    expect(await looked(status("s2original"))).toMatchObject({ kind: "silence", fault: { error: "another's status" } });
    expect(await looked(status("s2another"), { transactionId: "s2own" })).toMatchObject({
      kind: "silence",
      fault: { error: "another's status" },
    });
    expect(await looked(status("s2own"), { transactionId: "s2own" })).toMatchObject({ kind: "found" });
  });

  it.each(Object.entries(silences))(
    "takes no person's word where SIBS could not be asked: %s",
    async (_what, answer) => {
      const parts = { ...NOTHING_STORED, sibs: byTerminal(() => answering(answer)) };
      for (const transactionId of [null, "s2own"]) {
        const asked = askFirst(parts, { ...CALLED, payment: OF, transactionId, said: null });
        expect(await asked).toEqual({ refused: "sibs_not_asked" });
      }
    },
  );

  it("lets a person say what SIBS itself knows nothing of", async () => {
    const sibs = byTerminal(() => answering(() => Response.json(SAID, { status: 404 })));
    expect(await askFirst({ ...NOTHING_STORED, sibs }, { ...CALLED, payment: OF, said: "s2said" })).toEqual({
      said: null,
      askedAt: 0,
    });
  });
});
