import { Secret } from "@caravela/platform/secret";
import { cents } from "@caravela/sibs/money";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { approve, askPhone, createPayment } from "../support/actions.ts";
import { Authenticator } from "../support/authenticator.ts";
import { deskOf } from "../support/dashboard.ts";
import { asOperator, signedIn } from "../support/operators.ts";
import { type Stage, setStage } from "../support/stage.ts";
import { originOf, Visitor, withPasskey } from "../support/visitor.ts";

const LINK = "wordofthelaststart".repeat(2);

let stage: Stage;
beforeAll(async () => {
  stage = await setStage({ localOwner: new Secret(LINK), touchAbove: cents(1000) });
});
afterAll(() => stage.close());

const KEY = { name: "Till", scopes: ["payments:read"] };
const coded = ({ status, body }: { status: number; body: { type?: string } | null }) => [
  status,
  body?.type?.replace("/problems/", ""),
];

type Colleague = Awaited<ReturnType<typeof withPasskey>>["colleague"];

/** A payment of so many cents that was paid. */
async function paid(amount: number): Promise<string> {
  const payment = await createPayment(stage, { amount });
  await askPhone(stage, payment);
  await approve(stage);
  await stage.settle();
  return payment;
}

/** Touches the passkey, as somebody's page does. */
async function touch({ api }: Pick<Colleague, "api">, authenticator: Authenticator, forged = {}) {
  const { body } = await api("POST", "/v1/session/touch-options");
  return api("POST", "/v1/session/touch", authenticator.get(body, forged));
}

describe("a fresh touch of the passkey", () => {
  it("is wanted for keys and passkeys, lasts five minutes, and is given by the passkey", async () => {
    const { colleague, visitor } = await withPasskey(stage, "owner");
    const { body: key } = await colleague.api("POST", "/v1/keys", KEY);
    await stage.advance(301);
    const wanting: [string, string, unknown?][] = [
      ["POST", "/v1/keys", KEY],
      ["POST", `/v1/keys/${key.id}/roll`],
      ["DELETE", `/v1/keys/${key.id}`],
      ["POST", "/v1/passkeys/options"],
    ];
    for (const [method, path, body] of wanting)
      expect(coded(await colleague.api(method, path, body))).toEqual([403, "touch_required"]);
    expect((await colleague.api("GET", "/v1/keys")).status).toBe(200);
    expect((await colleague.api("GET", "/v1/me")).body.session.touchedUntil).toBeNull();

    const touched = await touch(colleague, visitor.authenticator);
    expect(touched.status).toBe(200);
    expect((await colleague.api("GET", "/v1/me")).body.session.touchedUntil).toBe(touched.body.touchedUntil);
    expect((await colleague.api("DELETE", `/v1/keys/${key.id}`)).status).toBe(204);
  });

  it("is wanted for refunds that bring what is given back of a payment above a set amount", async () => {
    const { colleague, visitor } = await withPasskey(stage, "refunder");
    const payment = await paid(5000);
    const refund = (amount?: number) =>
      colleague.api("POST", `/v1/payments/${payment}/refunds`, amount === undefined ? undefined : { amount });
    await stage.advance(301);
    expect((await refund(600)).status).toBe(201);
    for (const amount of [401, undefined]) expect(coded(await refund(amount))).toEqual([403, "touch_required"]);
    const [desk, form] = [deskOf(stage, colleague), `/dashboard/payments/${payment}/refund`];
    const refused = await desk.send(await desk.look(form), form, { amount: "10" });
    expect(refused.status).toBe(403);
    const [, to = ""] = /href="(\/dashboard\/touch\?to=[^"]*)"/.exec(refused.html) ?? [];
    expect(to).toContain(encodeURIComponent(form));
    // and that leads back to the form with what was typed
    expect((await desk.look(to)).html).toContain(`name="to" value="${form}?amount=10"`);
    expect((await refund(400)).status).toBe(201);
    await touch(colleague, visitor.authenticator);
    expect((await refund()).status).toBe(201);
    expect((await stage.api("GET", `/v1/payments/${payment}`)).body.amountRefunded).toBe(5000);
    // a key has nothing to touch
    const other = await paid(5000);
    expect((await stage.api("POST", `/v1/payments/${other}/refunds`)).status).toBe(201);
  });

  it("is wanted as soon as what goes back on a person's day comes to more, over however many payments", async () => {
    const { colleague, visitor } = await withPasskey(stage, "refunder");
    const refund = async (amount: number) => {
      const payment = await paid(5000);
      return colleague.api("POST", `/v1/payments/${payment}/refunds`, { amount });
    };
    await stage.advance(301);
    const hasty = await Promise.all([600, 600, 600].map(refund));
    expect(hasty.map(({ status }) => status).toSorted()).toEqual([201, 403, 403]);
    const untouched = await refund(401);
    expect(coded(untouched)).toEqual([403, "touch_required"]);
    expect(untouched.body.detail).toContain("Beyond 1000 cents within your day");
    expect((await refund(400)).status).toBe(201);
    expect(coded(await refund(1))).toEqual([403, "touch_required"]);
    await touch(colleague, visitor.authenticator);
    expect((await refund(5000)).status).toBe(201);
  });

  it("is of this session alone, of this person alone, and each answer is good once", async () => {
    const [mine, theirs] = [await withPasskey(stage, "owner"), await withPasskey(stage, "owner")];
    const elsewhere = await signedIn(stage, mine.colleague.id, false);
    const untouched = async () => (await elsewhere.api("GET", "/v1/me")).body.session.touchedUntil === null;

    const { body: asked } = await elsewhere.api("POST", "/v1/session/touch-options");
    const refusals = [
      theirs.visitor.authenticator.get(asked),
      mine.visitor.authenticator.get((await mine.colleague.api("POST", "/v1/session/touch-options")).body),
      mine.visitor.authenticator.get(await mine.visitor.asked("/dashboard/login")),
      mine.visitor.authenticator.get((await elsewhere.api("POST", "/v1/session/touch-options")).body, {
        userVerified: false,
      }),
    ];
    for (const answer of refusals)
      expect(coded(await elsewhere.api("POST", "/v1/session/touch", answer))).toEqual([403, "passkey_refused"]);
    expect(await untouched()).toBe(true);

    const { body } = await elsewhere.api("POST", "/v1/session/touch-options");
    const answer = mine.visitor.authenticator.get(body);
    expect((await elsewhere.api("POST", "/v1/session/touch", answer)).status).toBe(200);
    expect(coded(await elsewhere.api("POST", "/v1/session/touch", answer))).toEqual([403, "passkey_refused"]);
  });

  it("is nothing that a key may do, nor anybody without a passkey", async () => {
    expect(coded(await stage.api("POST", "/v1/session/touch-options"))).toEqual([403, "person_needed"]);
    const colleague = await asOperator(stage, "owner");
    expect(coded(await colleague.api("POST", "/v1/session/touch-options"))).toEqual([409, "no_passkey"]);
    expect((await stage.api("POST", "/v1/keys", KEY)).status).toBe(201);
  });

  it("is not wanted of whoever has this machine, who has no passkey", async () => {
    const visitor = new Visitor(stage);
    await visitor.asks(`/dashboard/local/${LINK}`, {});
    await stage.advance(400);
    const made = await visitor.asks("/v1/me");
    expect((await made.json()).session.touchedUntil).not.toBeNull();
  });

  it("is not tried without end by one person", async () => {
    const { colleague } = await withPasskey(stage, "owner");
    const tries = await Promise.all(
      Array.from({ length: 40 }, () => colleague.api("POST", "/v1/session/touch-options")),
    );
    const refused = tries.filter(({ status }) => status === 429);
    expect(refused.length).toBeGreaterThanOrEqual(10);
    expect(refused.map(coded)[0]).toEqual([429, "too_many_tries"]);
    const other = await withPasskey(stage, "owner");
    expect((await other.colleague.api("POST", "/v1/session/touch-options")).status).toBe(200);
  });
});

describe("one's own passkeys", () => {
  it("are listed, added to and removed, but for the last", async () => {
    const { colleague, passkey } = await withPasskey(stage, "viewer");
    const last = await colleague.api("DELETE", `/v1/passkeys/${passkey}`);
    expect(coded(last)).toEqual([409, "last_passkey"]);

    const asked = (await colleague.api("POST", "/v1/passkeys/options")).body;
    expect(asked.excludeCredentials).toHaveLength(1);
    const second = new Authenticator(originOf(stage));
    const added = await colleague.api("POST", "/v1/passkeys", { name: "Phone", answer: second.create(asked) });
    expect(added.body).toMatchObject({ name: "Phone", usedAt: null });
    // with it, for its challenge is used up: a server that ends before it has answered can only answer the same again
    const committed = await stage.pool.query("select status from idempotency where resource = $1", [added.body.id]);
    expect(committed.rows).toEqual([{ status: 201 }]);
    const { data } = (await colleague.api("GET", "/v1/passkeys")).body;
    expect(data.map(({ name }: { name: string }) => name)).toEqual(["Laptop", "Phone"]);
    expect((await colleague.api("DELETE", `/v1/passkeys/${passkey}`)).status).toBe(204);
    expect((await colleague.api("GET", "/v1/passkeys")).body.data).toHaveLength(1);
  });

  it("are nobody else's", async () => {
    const [mine, theirs] = [await withPasskey(stage, "owner"), await withPasskey(stage, "owner")];
    expect(coded(await mine.colleague.api("DELETE", `/v1/passkeys/${theirs.passkey}`))).toEqual([404, "not_found"]);
    expect(coded(await mine.colleague.api("DELETE", "/v1/passkeys/nonsense"))).toEqual([404, "not_found"]);
    const asked = (await mine.colleague.api("POST", "/v1/passkeys/options")).body;
    const copied = new Authenticator(originOf(stage), theirs.visitor.authenticator.credential).create(asked);
    const added = await mine.colleague.api("POST", "/v1/passkeys", { name: "Copied", answer: copied });
    expect(coded(added)).toEqual([409, "passkey_known"]);
    expect((await theirs.visitor.signIn()).status).toBe(303);
  });

  it("are made once for each that was asked, in the session that was asked, and twenty at most", async () => {
    const { colleague } = await withPasskey(stage, "viewer");
    const elsewhere = await signedIn(stage, colleague.id);
    const asked = (await colleague.api("POST", "/v1/passkeys/options")).body;
    const answer = new Authenticator(originOf(stage)).create(asked);
    const add = (one: Pick<Colleague, "api">) => one.api("POST", "/v1/passkeys", { name: "Phone", answer });
    expect(coded(await add(elsewhere))).toEqual([403, "passkey_refused"]);
    expect((await add(colleague)).status).toBe(201);
    expect(coded(await add(colleague))).toEqual([403, "passkey_refused"]);

    await stage.pool.query(
      `insert into caravela.passkey (id, operator_id, credential, public_key, counter, transports, name, created_at)
       select 'pky_' || lpad(n::text, 20, '0'), $1, decode(lpad(n::text, 40, '0'), 'hex'), '\\x00', 0, '{}', 'One', now()
         from generate_series(1, 18) as n`,
      [colleague.id],
    );
    expect(coded(await colleague.api("POST", "/v1/passkeys/options"))).toEqual([409, "too_many_passkeys"]);
  });
});
