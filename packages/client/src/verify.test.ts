import { inspect } from "node:util";
import { Webhook } from "standardwebhooks";
import { describe, expect, it } from "vitest";
import { Caravela, UnverifiedEventError, type VerifyOptions, verifyEvent } from "./index.ts";

const secret = `whsec_${Buffer.from("a secret of thirty-two bytes, so").toString("base64")}`;
const other = `whsec_${Buffer.from("another of thirty-two bytes, too").toString("base64")}`;
const at = new Date("2026-11-29T10:00:00Z");
const now = () => at.getTime();
const event = {
  id: "evt_1",
  type: "payment.paid",
  timestamp: at.toISOString(),
  sequence: 3,
  data: { payment: { description: "Chá São João 🫖" } },
};
const body = JSON.stringify(event);

const sign = (text = body, by = secret, when = at) => new Webhook(by).sign("evt_1", when, text);
const headersWith = (signature = sign(), when = at) => ({
  "webhook-id": "evt_1",
  "webhook-timestamp": String(Math.floor(when.getTime() / 1000)),
  "webhook-signature": signature,
});
const verify = (
  ...[given, headers, by = secret, options = {}]: [
    string | ArrayBuffer | Uint8Array,
    object?,
    (string | string[])?,
    VerifyOptions?,
  ]
) => verifyEvent(given, (headers ?? headersWith()) as Record<string, string>, by, { now, ...options });
const why = async (verified: Promise<unknown>) => {
  const error = await verified.then(
    () => undefined,
    (error: unknown) => error,
  );
  expect(error).toBeInstanceOf(UnverifiedEventError);
  return (error as UnverifiedEventError).reason;
};

describe("an event is verified", () => {
  it("as text and as bytes, with the headers of the web and of Node in whatever case, also by the client", async () => {
    const bytes = new TextEncoder().encode(body);
    const within = Buffer.concat([Buffer.from("before"), bytes, Buffer.from("after")]).subarray(6, 6 + bytes.length);
    for (const given of [body, bytes, Buffer.from(body), within, bytes.buffer])
      expect(await verify(given)).toEqual(event);
    expect(await verify(body, new Headers(headersWith()))).toEqual(event);
    const capital = Object.entries(headersWith()).map(([name, value]) => [name.replace("webhook", "Webhook"), [value]]);
    expect(await verify(body, Object.fromEntries(capital))).toEqual(event);
    const { events } = new Caravela({ baseUrl: "http://pay.example", apiKey: "sk" });
    expect(await events.verify(body, headersWith(), secret, { now })).toEqual(event);
  });

  it("by any of several signatures and any of several secrets, as when one takes the place of another", async () => {
    const both = `v1a,AAAA ${sign(body, other)} ${sign()}`;
    expect(await verify(body, headersWith(both))).toEqual(event);
    expect(await verify(body, headersWith(sign(body, other)), [secret, other])).toEqual(event);
    expect(await why(verify(body, headersWith(sign(body, other))))).toBe("signature");
  });

  it("whatever its type, also one of a later server", async () => {
    const later = JSON.stringify({ ...event, type: "voucher.paid", data: {} });
    expect(await verify(later, headersWith(sign(later)))).toMatchObject({ type: "voucher.paid" });
  });
});

describe("what is no event of ours is refused", () => {
  it("when anything of it was changed", async () => {
    for (const changed of [body.replace("3", "4"), `${body} `, ""])
      expect(await why(verify(changed))).toBe("signature");
    expect(await why(verify(body, { ...headersWith(), "webhook-id": "evt_2" }))).toBe("signature");
    const later = new Date(at.getTime() + 1_000);
    expect(await why(verify(body, headersWith(sign(), later)))).toBe("signature");
  });

  it("when it is older, or newer, than is allowed", async () => {
    for (const seconds of [-301, 301]) {
      const when = new Date(at.getTime() + seconds * 1000);
      const headers = headersWith(sign(body, secret, when), when);
      expect(await why(verify(body, headers))).toBe("timestamp");
      expect(await verify(body, headers, secret, { toleranceSeconds: 302 })).toEqual(event);
    }
    const edge = new Date(at.getTime() - 300_000);
    expect(await verify(body, headersWith(sign(body, secret, edge), edge))).toEqual(event);
    for (const time of ["", "soon", "-1", "1e3", " 1", "99999999999999999"]) {
      expect(await why(verify(body, { ...headersWith(), "webhook-timestamp": time }))).toMatch(/timestamp|headers/);
    }
    // a setting that was not there, read as a number
    expect(await why(verify(body, headersWith(), secret, { toleranceSeconds: Number.NaN }))).toBe("timestamp");
    expect(await why(verify(body, headersWith(), secret, { now: () => Number.NaN }))).toBe("timestamp");
  });

  it("when a header is missing, or stands there twice", async () => {
    for (const name of Object.keys(headersWith())) {
      expect(await why(verify(body, { ...headersWith(), [name]: undefined }))).toBe("headers");
      expect(await why(verify(body, { ...headersWith(), [name]: ["a", "b"] }))).toBe("headers");
    }
    expect(await why(verify(body, {}))).toBe("headers");
  });

  it("when the signature is none", async () => {
    const [, base64 = ""] = sign().split(",");
    for (const none of ["v1,", "v1,%%%", `v2,${base64}`, base64, `v1,${base64.slice(4)}`, `v1,${base64}${base64}`, " "])
      expect(await why(verify(body, headersWith(none))), none).toBe("signature");
  });

  it("when it is signed and yet no event", async () => {
    for (const none of ["null", "17", '"payment.paid"', "[]", "{}", '{"type":1}', "no JSON"])
      expect(await why(verify(none, headersWith(sign(none))))).toBe("body");
  });
});

describe("a mistake of the shop's own is told as such", () => {
  it("when the body was read already", async () => {
    for (const read of [event, null, undefined, 17]) {
      await expect(verify(read as unknown as string)).rejects.toThrow(
        /^body must be the text or the bytes as they were received/,
      );
      await expect(verify(read as unknown as string)).rejects.toBeInstanceOf(TypeError);
    }
  });

  it("when the secret is none, which is not repeated", async () => {
    for (const none of ["", "whsec_", "whsec_?sk", "sk_secret", undefined as unknown as string, []]) {
      const error = await verifyEvent(body, headersWith(), none, { now }).catch((error: unknown) => error);
      expect(error).toBeInstanceOf(TypeError);
      expect(inspect(error)).not.toContain("sk");
    }
  });
});
