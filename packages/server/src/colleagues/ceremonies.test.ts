import { randomBytes } from "node:crypto";
import { describe, expect, it } from "vitest";
import { Authenticator, type Forged } from "../../../../tests/support/authenticator.ts";
import { askForAnswer, askForPasskey, believeAnswer, believeRegistration, challengeOf } from "./ceremonies.ts";

const rp = { id: "pagar.loja.pt", origin: "https://pagar.loja.pt" };
const operator = { id: "op_00000000000000000001", name: "Ana Sousa" };

async function toCreate() {
  const challenge = randomBytes(32);
  return { challenge, options: await askForPasskey(rp, { shop: "Loja do Cais", operator, known: [], challenge }) };
}

/** A passkey that was made, and its authenticator. */
async function made(authenticator = new Authenticator(rp.origin)) {
  const { challenge, options } = await toCreate();
  const passkey = await believeRegistration(rp, authenticator.create(asked(options)), challenge);
  if ("unbelieved" in passkey) throw new Error(passkey.unbelieved);
  return { authenticator, passkey };
}

const asked = (options: Awaited<ReturnType<typeof askForPasskey>>) => ({ ...options, rp: { id: options.rp.id ?? "" } });

type Lie = readonly [what: string, forged: Forged];

const LIES: readonly Lie[] = [
  ["of another challenge", { challenge: randomBytes(32).toString("base64url") }],
  ["of another site's page", { origin: "https://pagar.loja.pt.example" }],
  ["of the same name without TLS", { origin: "http://pagar.loja.pt" }],
  ["of another port", { origin: "https://pagar.loja.pt:8443" }],
  ["of another relying party", { rpId: "loja.pt" }],
  ["made in a frame of another page", { crossOrigin: true }],
  ["of nobody who was asked who they are", { userVerified: false }],
  ["of nobody who was there", { userPresent: false }],
];

describe("a new passkey", () => {
  it("is asked for so that it is found without a name, and asks who holds it", async () => {
    const { options } = await toCreate();
    expect(options).toMatchObject({
      rp: { id: "pagar.loja.pt", name: "Loja do Cais" },
      user: { name: "Ana Sousa", id: Buffer.from(operator.id).toString("base64url") },
      authenticatorSelection: { residentKey: "required", userVerification: "required" },
      attestation: "none",
    });
  });

  it("is believed as it was made", async () => {
    const { authenticator, passkey } = await made();
    expect(passkey).toMatchObject({ credential: authenticator.credential, counter: 0, transports: ["internal"] });
  });

  it.each<Lie>([
    ...LIES,
    ["of another ceremony", { type: "webauthn.get" }],
    ["of a key of an unknown kind", { algorithm: -65535 }],
  ])("is not believed where the answer is %s", async (_what, forged) => {
    const { challenge, options } = await toCreate();
    const answer = new Authenticator(rp.origin).create(asked(options), forged);
    expect(await believeRegistration(rp, answer, challenge)).toHaveProperty("unbelieved");
  });

  it("is not believed where the answer speaks of another", async () => {
    const { challenge, options } = await toCreate();
    const id = randomBytes(32).toString("base64url");
    const answer = { ...new Authenticator(rp.origin).create(asked(options)), id, rawId: id };
    expect(await believeRegistration(rp, answer, challenge)).toHaveProperty("unbelieved");
  });
});

describe("an answer by a passkey", () => {
  it("is believed, and counted", async () => {
    const { authenticator, passkey } = await made();
    const challenge = randomBytes(32);
    const options = await askForAnswer(rp, { challenge, known: null });
    expect(options).toMatchObject({ userVerification: "required", rpId: "pagar.loja.pt" });
    expect(options.allowCredentials).toBeUndefined();
    expect(await believeAnswer(rp, authenticator.get(options), { challenge, passkey })).toEqual({ counter: 1 });
  });

  it.each<Lie>([
    ...LIES,
    ["of another ceremony", { type: "webauthn.create" }],
    ["signed otherwise", { signedOtherwise: true }],
    ["counted back", { counter: 4 }],
    ["counted no further", { counter: 5 }],
    ["not counted any more", { counter: 0 }],
  ])("is not believed where it is %s", async (_what, forged) => {
    const { authenticator, passkey } = await made();
    const challenge = randomBytes(32);
    const options = await askForAnswer(rp, { challenge, known: [passkey] });
    const answer = authenticator.get(options, { counter: 6, ...forged });
    const used = { ...passkey, counter: 5 };
    expect(await believeAnswer(rp, answer, { challenge, passkey: used })).toHaveProperty("unbelieved");
  });

  it("is not believed of another's passkey", async () => {
    const [mine, theirs] = [await made(), await made()];
    const challenge = randomBytes(32);
    const answer = theirs.authenticator.get(await askForAnswer(rp, { challenge, known: null }));
    const said = {
      ...answer,
      id: mine.passkey.credential.toString("base64url"),
      rawId: mine.passkey.credential.toString("base64url"),
    };
    expect(await believeAnswer(rp, said, { challenge, passkey: mine.passkey })).toHaveProperty("unbelieved");
  });

  it("names its challenge, or none that can be read", async () => {
    const { authenticator } = await made();
    const challenge = randomBytes(32);
    const answer = authenticator.get(await askForAnswer(rp, { challenge, known: null }));
    const saying = (said: string) => ({
      ...answer,
      response: { ...answer.response, clientDataJSON: Buffer.from(said).toString("base64url") },
    });
    expect(challengeOf(answer)).toEqual(challenge);
    for (const said of [
      "",
      "{",
      "null",
      "[]",
      '{"challenge":7}',
      '{"challenge":"short"}',
      '{"challenge":"a b c d e f g h i j"}',
    ])
      expect(challengeOf(saying(said))).toBeNull();
  });
});
