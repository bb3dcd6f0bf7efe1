import { Secret } from "@caravela/platform/secret";
import type { ServerSettings } from "@caravela/server";
import { shopCalled } from "@caravela/server";
import { type Stage, setStage } from "./stage.ts";

type Served = NonNullable<ServerSettings["terminals"]>[number];

/** The local gateway's own terminal, and one more. */
export const CAIS = "52221";
export const SERRA = "600001";

/** A stage on which two shops share one server, each by a terminal of its own; and what the server knows of them. */
export interface TwoShops {
  readonly stage: Stage;
  readonly cais: Served;
  readonly serra: Served;
}

/** A picture that says whose it is. */
const logoOf = (id: string) => ({
  name: `logo-of-${id}.svg`,
  type: "image/svg+xml",
  bytes: Buffer.from(`<svg xmlns="http://www.w3.org/2000/svg" id="of-${id}"/>`),
});

const colourOf = (id: string) => ({
  name: `colour-of-${id}.css`,
  type: "text/css; charset=utf-8",
  bytes: Buffer.from(`:root{--accent:#${id.padStart(6, "0")}}`),
});

/**
 * Sets a stage, and then gives its server a second terminal. @param changes what this test's server is set to otherwise
 */
export async function setTwoShops(changes: Partial<ServerSettings> = {}): Promise<TwoShops> {
  const stage = await setStage({ methods: ["mbway", "multibanco", "card"], ...changes });
  const url = `${stage.server.url}/notifications/sibs`;
  await stage.sandbox("PUT", `/terminals/${SERRA}`, {
    entity: "21999",
    merchantName: "Queijos da Serra",
    webhook: { url, secret: Buffer.alloc(32, 5).toString("base64") },
  });
  const { terminals } = (await stage.sandbox("GET", "/terminals")).body;
  const served = (id: "52221" | "600001", name: string): Served => {
    const known = terminals.find((one: { terminalId: string }) => one.terminalId === id);
    return {
      id,
      clientId: known.clientId,
      token: new Secret(known.token),
      webhookSecrets: [new Secret(known.webhook.secret)],
      entity: known.entity,
      methods: ["mbway", "multibanco", "card"],
      shop: { ...shopCalled(name), contact: `${id}@example.pt`, logo: logoOf(id), colour: colourOf(id) },
      limits: {},
      requiresCustomer: true,
    };
  };
  const [cais, serra] = [served(CAIS, "Loja do Cais"), served(SERRA, "Queijos da Serra")];
  await stage.restartServer({ terminals: [cais, serra] });
  return { stage, cais, serra };
}
