import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ROLES } from "../../packages/server/src/domain/person.ts";
import { SEES_PEOPLE } from "../../packages/server/src/domain/role.ts";
import { masked, SHORTENED, SHORTENED_WITHIN } from "../../packages/server/src/http/masked.ts";
import { askPhone, createPayment } from "../support/actions.ts";
import type { Answer } from "../support/json.ts";
import { authorise, newPhone } from "../support/mandates.ts";
import { asOperator } from "../support/operators.ts";
import { type Stage, setStage } from "../support/stage.ts";

let stage: Stage;
beforeAll(async () => {
  stage = await setStage();
});
afterAll(() => stage.close());

/** Members that hold a text and tell of no customer: words of the API, identifiers, addresses of the shop's own. */
const NOT_PERSONAL = new Set(
  `acsTransactionId attempt brand chargesAt code country customer description detail dsTransactionId eci endpoint entity event
  expiry field fields firstSix from hash id kind lastFour mandate mandates message method methods next operation
  operations path payment problem query reason reference request returnUrl cancelUrl locale says secret serverTransactionId stalled status
  subject terminal text title todo token transactionId type types url version what plan agent address inviteUrl operator refund
  challenge rpId transports userVerification displayName attestation residentKey fundedBy`.split(/\s+/),
);
/** The name of a key, of what is bought, of a colleague or of whoever did something is no customer's. */
const NAMES_OF_OURS =
  `by requestedBy decidedBy items createKey listKeys rollKey inviteOperator listOperators changeOperator renewInvitation
  listSessions listPasskeys addPasskey listViews keepView renameView rp user`.split(/\s+/);

interface Schema {
  readonly type?: string;
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly format?: string;
  readonly $ref?: string;
  readonly anyOf?: readonly Schema[];
  readonly items?: Schema;
  readonly properties?: Readonly<Record<string, Schema>>;
}

/** Each member of an answer that holds a free text, as `parent.name`. */
function texts(schema: Schema, document: Answer["body"], place: readonly string[], seen: readonly string[]): string[] {
  const within = (one: Schema, path: readonly string[], refs = seen) => texts(one, document, path, refs);
  if (schema.$ref !== undefined) {
    if (seen.includes(schema.$ref)) return [];
    const named = schema.$ref.split("/").slice(1);
    const found = named.reduce((at: Answer["body"], name: string) => at[name], document);
    return within(found, place, [...seen, schema.$ref]);
  }
  const isFree = schema.type === "string" && schema.enum === undefined && schema.const === undefined;
  const isText = isFree && schema.format !== "date-time" && schema.format !== "date";
  return [
    ...(isText ? [place.slice(-2).join(".")] : []),
    ...(schema.anyOf ?? []).flatMap((one) => within(one, place)),
    ...(schema.items === undefined ? [] : within(schema.items, place)),
    ...Object.entries(schema.properties ?? {}).flatMap(([name, one]) =>
      // the members of a list's items are those of what is listed
      within(one, name === "data" ? place : [...place, name]),
    ),
  ];
}

describe("what a role may not know", () => {
  it("is said of each text that the API answers with: it is shortened, or tells of nobody", async () => {
    const { body: document } = await stage.api("GET", "/openapi.json");
    const operations: Answer["body"][] = Object.values<Answer["body"]>(document.paths).flatMap(Object.values);
    const found = operations.flatMap(({ operationId, responses }) =>
      Object.values<Answer["body"]>(responses).flatMap((response) => {
        const schema = response.content?.["application/json"]?.schema;
        return schema === undefined ? [] : texts(schema, document, [operationId], []);
      }),
    );
    expect(found.length).toBeGreaterThan(500);
    const unsaid = found.filter((place) => {
      const [parent = "", name = parent] = place.split(".");
      if (SHORTENED_WITHIN[parent]?.[name] !== undefined || SHORTENED[name] !== undefined) return false;
      return name === "name" ? !NAMES_OF_OURS.includes(parent) : !NOT_PERSONAL.has(name);
    });
    expect([...new Set(unsaid)]).toEqual([]);
  });

  it("is in no answer to it, whatever is asked, and in full for whoever helps customers", async () => {
    const address = { street1: "Rua do Cais 7", city: "Aveiro", postcode: "3800-100", country: "PT" };
    const customer = { id: "c7", name: "Ana Sofia Reis", email: "ana.reis@exemplo.pt", phone: "351#912345678" };
    const payment = await createPayment(stage, { customer: { ...customer, billingAddress: address } });
    await askPhone(stage, payment, "912345678");
    await stage.api("POST", `/v1/payments/${payment}/cancel`);
    const mandate = await authorise(stage, newPhone(), { customer: { id: "c7", name: "Ana Sofia Reis" } });
    await stage.settle();
    const [event] = (await stage.api("GET", `/v1/events?payment=${payment}&limit=1`)).body.data;
    const asked = [
      `/v1/payments/${payment}`,
      "/v1/payments?customer=c7",
      "/v1/payments?q=ana.reis@exemplo.pt",
      `/v1/payments/${payment}/journal`,
      `/v1/mandates/${mandate}`,
      `/v1/mandates/${mandate}/journal`,
      "/v1/mandates",
      "/v1/events?limit=100",
      `/v1/events/${event.id}`,
    ];
    const secrets = /Ana Sofia|ana\.reis|912345678|Rua do Cais|Aveiro|3800-100|\/(pay|authorize|mandates)\/\w{36}/;
    for (const role of ROLES) {
      const { api } = await asOperator(stage, role);
      for (const path of asked) {
        const { status, body } = await api("GET", path);
        expect(status, path).toBe(200);
        const text = JSON.stringify(body);
        if (!SEES_PEOPLE[role]) expect(text, `${role} ${path}`).not.toMatch(secrets);
        else if (path.includes("payments?")) expect(text).toMatch(secrets);
        // an address that is guessed, whole, is not confirmed either
        if (path.includes("q=")) expect(body.data, role).toHaveLength(SEES_PEOPLE[role] ? 1 : 0);
      }
    }
    const { api } = await asOperator(stage, "viewer");
    expect((await api("GET", `/v1/events?q=ana.reis@exemplo.pt`)).body.data).toEqual([]);
    // what they are shown of a phone they find it by
    const found = (await api("GET", "/v1/payments?q=5678")).body.data;
    expect(found).toMatchObject([
      {
        id: payment,
        customer: {
          id: "c7",
          name: "A. S. R.",
          email: "a…@e….pt",
          phone: "…5678",
          billingAddress: { street1: "…", country: "PT" },
        },
        payUrl: expect.stringMatching(/\/pay\/…$/),
      },
    ]);
  });
});

it("shortens what a problem says, a note and what a journal tells of it, and leaves the shop's own words", () => {
  const settled = { kind: "operation_settled", data: { note: "Ana called" }, text: "Somebody settled it: Ana called" };
  const problem = { toJSON: () => ({ detail: "No.", customer: { name: "Ana", email: "x" } }) };
  expect(masked([settled, problem, { metadata: { email: "ana@exemplo.pt" }, by: { name: "Rui" } }])).toEqual([
    { kind: "operation_settled", data: { note: null }, text: "Somebody settled it: …" },
    { detail: "No.", customer: { name: "A.", email: "…" } },
    { metadata: { email: "ana@exemplo.pt" }, by: { name: "Rui" } },
  ]);
});
