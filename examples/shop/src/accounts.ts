import { randomUUID } from "node:crypto";
import type { CreatePaymentInput } from "@caravela/client";

/** The one account of this shop. It is pretended: a button opens it, without a password. */
const ANA = {
  id: "ana",
  name: "Ana Sousa",
  email: "ana@example.pt",
  billingAddress: { street1: "Rua das Flores 12", city: "Lisboa", postcode: "1200-195", country: "PT" },
} as const;

/** Who pays, as far as we tell. Their saved cards are kept under our own id of them. */
export type Customer = typeof ANA & NonNullable<CreatePaymentInput["customer"]>;

const COOKIE = "shop_session";

/** Who is signed in, in memory alone because this is an example: after a restart nobody is. */
export class Accounts {
  readonly #sessions = new Set<string>();
  /**
   * `HttpOnly`: no script reads the cookie. `SameSite=Lax`: another site's form cannot order in the customer's name.
   */
  readonly #attributes: string;

  /** @param shopUrl where browsers reach the shop: over https the cookie is never sent otherwise */
  constructor(shopUrl: string) {
    this.#attributes = `Path=/; HttpOnly; SameSite=Lax${shopUrl.startsWith("https:") ? "; Secure" : ""}`;
  }

  /** Who asks; undefined when nobody is signed in. @param cookies the request's header */
  customer(cookies: string | undefined): Customer | undefined {
    const session = sessionIn(cookies);
    if (session === undefined || !this.#sessions.has(session)) return undefined;
    // `signedIn` is our word that this is really Ana, and at her word the payment page offers the cards that Ana saved,
    // for half an hour. Say it only of somebody who signed in: never of a guest who typed Ana's e-mail address, and
    // never in a link that is sent by e-mail.
    return { ...ANA, signedIn: true };
  }

  /** Signs Ana in. Gives the cookie to set: a number not to be guessed, and nothing about her. */
  signIn(): string {
    const session = randomUUID();
    this.#sessions.add(session);
    return `${COOKIE}=${session}; ${this.#attributes}`;
  }

  /** Signs out whoever asks. Gives the cookie that takes theirs away. */
  signOut(cookies: string | undefined): string {
    this.#sessions.delete(sessionIn(cookies) ?? "");
    return `${COOKIE}=; Max-Age=0; ${this.#attributes}`;
  }
}

function sessionIn(cookies = ""): string | undefined {
  const pairs = cookies.split(";").map((pair) => pair.trim().split("="));
  return pairs.find(([name]) => name === COOKIE)?.[1];
}
