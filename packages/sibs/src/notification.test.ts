import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  acknowledge,
  NotificationError,
  type NotificationHeaders,
  openNotification,
  sealNotification,
} from "./notification.ts";
import {
  exampleMandateNotification,
  exampleMitNotification,
  exampleNotification,
  exampleReferencePaidNotification,
} from "./protocol/notification.ts";

/** SIBS's first published vector. */
const first = {
  secret: "6fNDiYU0T0/evFpmfycNai/AqF24i+rT0OmuVw0/sGQ=",
  iv: "RYjpCMtUmK54T6Lk",
  tag: "FUajWHmZjP4A5qaa1G0kxw==",
  body: "9bIjURJIcwoKvQr+ifOTH3HbMX+IqmsRqHuG/I1GfbSX89JE5DcWh/p8QROC5pRAuYZ7ln7RSkHXJdZpVz1LFQ2859WsetvHHui7qYmfxATOO1j0AQuPdAD3FeRH0kR4s/v3c2nV81DnUXFCnQER/+VWrYdbu5vn8gm+diSE6CHvkK+ODy0ebVi5O6VBnWVjgBUG33VwWiAyIl7Ik435V55WnZgynH3GfbVYoGwZ5UhYtn3yw2yruiLAKu6VTBvnh/ZJP21cHCJSF6NPSd+81gzWFU/+ECm3cf3uBbCkmKmL7HxRhRxhG0lMtX6ELZOXuw3eDJ1BTu+sSMkV/5Xk+5XX48XmP6CGZ7KmP7Q3Fw1kZmhn0unFyv0Gw8PjT1Ohny/HMgNl16I=",
};

/** SIBS's second published vector, whose printed tag lacks its first letter. */
const second = {
  secret: "O0Bur9uhZkS54NkwFhVyeutED6DhLbOQUBDt3i3W/C4=",
  iv: "Ldo3OyWNgRchSF3C",
  tag: "PYtw9bzOS1pXqizAKMGXVQ==",
  body: "WgErmJOV6wg3BuRkrgZLUUnh57BYzhIzvBFdpadHRsc43UcjtZEevRGDIDu3YxocXMXe8O+xQpMRxwTJPv766IaNqUiUEjAIjZSMEYCZ0pBursUYB+9nB4eqNUiAS2MJ9sR+Cj2iBf6G6KXLfp9K6dK7c0UED5XrJwbovY8X8pMyxktFTEaflp0e76ZywsCQvtqEtqNz9uYEyqmAANbsBwbwyWpkCC8H1kZN2fV3CYetW1CTPmWdPp3C18Yfh826NN4XlKu1VmUmea70PyjmRKSsjPXpfrRX8udelVIK2WTFtnRxD4x588d1nlGY5D5DQmJ8KYZzfvjTmDXGAPiRIEGuXp8h6rBQXS8P/m1llBtboGgQv4MmW3zvq0G6KFlYIcM=",
};

const printedSecondTag = "Ytw9bzOS1pXqizAKMGXVQ==";

function headersOf({ iv, tag }: { iv: string; tag: string }) {
  return { "x-initialization-vector": iv, "x-authentication-tag": tag };
}

/** The reason a notification is refused for. */
async function reasonOf(opening: Promise<unknown>): Promise<string> {
  const error = await opening.then(
    () => new Error("it was opened"),
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(NotificationError);
  return error instanceof NotificationError ? error.reason : "";
}

describe("opening a notification", () => {
  it("opens SIBS's first published vector", async () => {
    const opened = await openNotification({ body: first.body, headers: headersOf(first), secrets: first.secret });
    expect(opened).toMatchObject({
      notificationId: "de64fbe2-0e6e-4d94-b50c-3dac491e76ff",
      transactionId: "8vfDedn6RvmEC3WNZTRm",
      paymentStatus: "Success",
      paymentType: "PURS",
      paymentMethod: "CARD",
      amount: 200,
      terminalId: "50994",
      merchantTransactionId: null,
      reference: null,
      returnStatus: { statusCode: "000", statusMsg: "Success", statusDescription: "" },
      secretIndex: 0,
    });
  });

  it("opens SIBS's second published vector with the tag as it was meant, and not as it is printed", async () => {
    const { secret: secrets, ...sealed } = second;
    const opened = await openNotification({ ...sealed, secrets });
    expect(opened).toMatchObject({ transactionId: "WebhookTest", amount: 1000, terminalId: "1000000" });
    expect(await reasonOf(openNotification({ ...sealed, tag: printedSecondTag, secrets }))).toBe("tag");
  });

  it("tries several secrets and says which one it was", async () => {
    const secrets = [second.secret, first.secret];
    expect(await openNotification({ ...first, secrets })).toMatchObject({ secretIndex: 1 });
  });

  const { iv, tag } = first;
  const named: [string, string][] = [
    ["X-Initialization-Vector", iv],
    ["X-AUTHENTICATION-TAG", tag],
  ];
  const other = { "Content-Type": ["text/plain"], "set-cookie": undefined, Accept: "*/*" };

  it.each<[string, NotificationHeaders]>([
    ["a Headers object", new Headers(headersOf(first))],
    ["an object, in any case", { ...other, ...Object.fromEntries(named) }],
    ["an object of lists", { ...other, "x-initialization-vector": [iv], "x-authentication-tag": [tag] }],
    [
      "an object of lists in which each came twice",
      { "x-initialization-vector": [iv, iv], "x-authentication-tag": tag },
    ],
    [
      "an object whose server joins what came twice",
      { "x-initialization-vector": `${iv}, ${iv}`, "x-authentication-tag": ` ${tag} ` },
    ],
    ["an object without a prototype", Object.assign(Object.create(null), headersOf(first))],
    ["a Map", new Map<string, string | readonly string[]>([...named, ["accept", ["a", "b"]]])],
    ["a list of pairs", [...named, ["Accept", ["a", "b"]]]],
    ["Node's rawHeaders", ["Accept", "*/*", ...named.flat()]],
    ["what gives a header by its name", { get: (name: string) => new Headers(headersOf(first)).get(name) }],
  ])("finds the headers in %s", async (_what, headers) => {
    const { body, secret: secrets } = first;
    expect(await openNotification({ body, headers, secrets })).toMatchObject({ secretIndex: 0 });
  });

  it("opens with each of many secrets, however many were used before", async () => {
    const secrets = Array.from({ length: 20 }, (_, place) => Buffer.alloc(32, place).toString("base64"));
    const plaintext = { notificationID: "n", transactionID: "t", paymentStatus: "Success" };
    for (const secret of [...secrets, ...secrets]) {
      const sealed = await sealNotification(plaintext, secret);
      expect(await openNotification({ ...sealed, secrets: secret })).toMatchObject({ transactionId: "t" });
      const other = secret === secrets[0] ? secrets[1] : secrets[0];
      expect(await reasonOf(openNotification({ ...sealed, secrets: other ?? "" }))).toBe("not_authentic");
    }
  });

  it("takes no header for sure that came with two values", async () => {
    const { body, secret: secrets } = first;
    for (const vector of [[iv, btoa("twelve bytes")], `${iv},${btoa("twelve bytes")}`, [], "", undefined]) {
      const headers = { "x-initialization-vector": vector, "x-authentication-tag": tag };
      expect(await reasonOf(openNotification({ body, headers, secrets }))).toBe("missing_header");
    }
  });

  const bytes = new TextEncoder().encode(`${first.body}\n`);
  it.each([
    ["a Buffer", Buffer.from(first.body)],
    ["a Uint8Array", bytes],
    ["a part of a longer one", Uint8Array.of(1, 2, 3, ...bytes, 4).subarray(3, -1)],
    ["an ArrayBuffer", bytes.buffer],
    ["a DataView", new DataView(bytes.buffer)],
  ])("takes %s for its body", async (_what, body) => {
    const { secret: secrets } = first;
    expect(await openNotification({ body, iv, tag, secrets })).toMatchObject({ amount: 200 });
  });

  it("throws nothing but its own errors, whatever it is handed (property)", async () => {
    const trap = new Proxy(
      {},
      {
        get: () => {
          throw new RangeError("a trap");
        },
        ownKeys: () => {
          throw new RangeError("a trap");
        },
      },
    );
    const right = { body: first.body, headers: headersOf(first), secrets: first.secret, iv, tag };
    const anything = fc.oneof(
      fc.anything({
        withMap: true,
        withSet: true,
        withTypedArray: true,
        withNullPrototype: true,
        withDate: true,
        withBigInt: true,
      }),
      fc.constantFrom<unknown>(
        trap,
        Symbol("s"),
        () => first.iv,
        { get: () => trap },
        { get: () => Symbol("s") },
        [[]],
        [trap, trap],
        [["x-initialization-vector", Symbol("s")]],
      ),
    );
    const wrong = fc.dictionary(fc.constantFrom(...Object.keys(right)), anything, { noNullPrototype: true });
    await fc.assert(
      fc.asyncProperty(
        fc.oneof(
          wrong.map((part) => ({ ...right, ...part })),
          anything,
        ),
        async (sealed) => {
          const opening = openNotification(sealed as Parameters<typeof openNotification>[0]);
          const error = await opening.then(
            () => null,
            (thrown: unknown) => thrown,
          );
          if (error !== null) expect(error).toBeInstanceOf(NotificationError);
        },
      ),
      { numRuns: 2_000 },
    );
  });

  it("forgives white space around and inside the body", async () => {
    const body = `${first.body.slice(0, 76)}\r\n${first.body.slice(76)}\n`;
    expect(await openNotification({ ...first, body, secrets: first.secret })).toMatchObject({ amount: 200 });
  });

  it("reads amounts and ids whether they are numbers or texts, and the reference's own expiry", async () => {
    const sealed = await sealNotification(exampleReferencePaidNotification, first.secret);
    const opened = await openNotification({ ...sealed, secrets: first.secret });
    expect(opened).toMatchObject({
      amount: 1920,
      terminalId: "1562569",
      merchantTransactionId: "order-17",
      transactionDateTime: new Date("2026-05-14T22:30:00Z"),
      reference: {
        entity: "40200",
        reference: "256309828",
        amount: 1920,
        status: "PAID",
        expiresAt: new Date("2026-05-15T10:00:00Z"),
      },
      body: exampleReferencePaidNotification,
    });
    const inNumbers = await sealNotification(exampleNotification, first.secret);
    const { amount, terminalId } = await openNotification({ ...inNumbers, secrets: first.secret });
    expect({ amount, terminalId }).toEqual({ amount: 1590, terminalId: "1562569" });
  });

  it("reads what a card's notice tells besides: token, charge by the merchant, 3-D Secure", async () => {
    const notice = { ...exampleMitNotification, threeDSecure: { eci: "02", authenticationValue: "AAABBW==" } };
    const opened = await openNotification({ ...(await sealNotification(notice, first.secret)), secrets: first.secret });
    expect(opened).toMatchObject({
      paymentType: "MITR",
      amount: 990,
      token: { type: "Card", maskedPan: "411111******1111", expiry: { month: 12, year: 2028 } },
      merchantInitiatedTransaction: { type: "RCRR", status: null },
      threeDSecure: { eci: "02", hasAuthenticationValue: true },
    });
    const plain = await openNotification({ ...first, secrets: first.secret });
    expect([plain.token, plain.merchantInitiatedTransaction, plain.threeDSecure]).toEqual([null, null, null]);
    expect(plain.mandate).toBeNull();
  });

  it("tells what happened to an authorised payment, under the names that answers use", async () => {
    const sealed = await sealNotification(exampleMandateNotification, first.secret);
    expect(await openNotification({ ...sealed, secrets: first.secret })).toMatchObject({
      transactionId: "s2MANDATExxxxxxxxxxx",
      merchantTransactionId: "9ad9799c0cd248719d3868cb78d46338",
      paymentMethod: "MBWAY",
      paymentType: "AUTH",
      mandate: {
        mandateId: "12345690656800744652",
        action: "CRTN",
        actionStatus: "SCCS",
        type: "SUBSCRIPTION",
        phone: "351#912345678",
        customerName: "Test Client",
        limit: 10_000,
        validUntil: "2027-12-31",
      },
    });
  });

  it("refuses a missing header, and a body, tag, vector or secret that is not what it must be", async () => {
    const { body, iv, tag, secret: secrets } = first;
    expect(await reasonOf(openNotification({ body, headers: {}, secrets }))).toBe("missing_header");
    const onlyIv = { "x-initialization-vector": iv };
    expect(await reasonOf(openNotification({ body, headers: onlyIv, secrets }))).toBe("missing_header");
    expect(await reasonOf(openNotification({ body: '{"json":true}', iv, tag, secrets }))).toBe("body");
    expect(await reasonOf(openNotification({ body, iv: btoa("eleven byte"), tag, secrets }))).toBe("iv");
    expect(await reasonOf(openNotification({ body, iv, tag: btoa("twelve bytes"), secrets }))).toBe("tag");
    expect(await reasonOf(openNotification({ body, iv, tag, secrets: "not base64!" }))).toBe("secret");
    expect(await reasonOf(openNotification({ body, iv, tag, secrets: btoa("too short") }))).toBe("secret");
    expect(await reasonOf(openNotification({ body, iv, tag, secrets: second.secret }))).toBe("not_authentic");
    expect(await reasonOf(openNotification({ body, iv, tag, secrets: [] }))).toBe("not_authentic");
  });

  it("refuses a tag cut to twelve bytes, though it is right as far as it goes", async () => {
    const cut = btoa(atob(first.tag).slice(0, 12));
    expect(await reasonOf(openNotification({ ...first, tag: cut, secrets: first.secret }))).toBe("tag");
  });

  it("refuses it whichever one letter of body, tag, vector or secret is changed", async () => {
    const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    const part = fc.constantFrom("body", "iv", "tag", "secret") as fc.Arbitrary<keyof typeof first>;
    await fc.assert(
      fc.asyncProperty(part, fc.nat(), fc.constantFrom(...letters), async (name, position, letter) => {
        const text = first[name];
        const at = position % text.length;
        fc.pre(text[at] !== letter);
        const { secret: secrets, ...changed } = { ...first, [name]: text.slice(0, at) + letter + text.slice(at + 1) };
        await expect(openNotification({ ...changed, secrets })).rejects.toBeInstanceOf(NotificationError);
      }),
      { numRuns: 500 },
    );
  });

  it("refuses what is authentic but no notification", async () => {
    for (const plaintext of ["no JSON", "[1]", { notificationID: "n", paymentStatus: "Success" }]) {
      const sealed = await sealNotification(plaintext, first.secret);
      expect(await reasonOf(openNotification({ ...sealed, secrets: first.secret }))).toBe("malformed");
    }
  });
});

describe("sealing a notification", () => {
  it("seals what SIBS published to the very letter", async () => {
    const { body } = await openNotification({ ...first, secrets: first.secret });
    const plaintext = JSON.stringify(body).replace('"value":2', '"value":2.0');
    const iv = Uint8Array.from(atob(first.iv), (letter) => letter.charCodeAt(0));
    expect(await sealNotification(plaintext, first.secret, { iv })).toEqual({
      body: first.body,
      headers: {
        "X-Initialization-Vector": first.iv,
        "X-Authentication-Tag": first.tag,
        "Content-Type": "text/plain",
      },
    });
  });

  it("seals afresh each time", async () => {
    const one = await sealNotification(exampleNotification, first.secret);
    const other = await sealNotification(exampleNotification, first.secret);
    expect(one.headers["X-Initialization-Vector"]).not.toBe(other.headers["X-Initialization-Vector"]);
    expect(one.body).not.toBe(other.body);
  });

  it("refuses a secret or a vector that SIBS could not have", async () => {
    expect(await reasonOf(sealNotification({}, btoa("short")))).toBe("secret");
    expect(await reasonOf(sealNotification({}, first.secret, { iv: new Uint8Array(16) }))).toBe("iv");
  });
});

describe("acknowledging", () => {
  it('answers 200 with statusCode "200", or another where one is configured', () => {
    const id = "de64fbe2-0e6e-4d94-b50c-3dac491e76ff";
    expect(acknowledge(id)).toEqual({
      status: 200,
      body: { statusCode: "200", statusMsg: "Success", notificationID: id },
    });
    expect(acknowledge(id, { statusCode: "000" }).body.statusCode).toBe("000");
  });
});
