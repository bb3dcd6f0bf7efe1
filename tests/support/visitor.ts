import { Authenticator, type Forged } from "./authenticator.ts";
import { asOperator, type Differing } from "./operators.ts";
import type { Stage } from "./stage.ts";

/** Where a visitor is, and how their browser asks. */
interface Visiting {
  readonly server: { readonly url: string };
}

/**
 * Somebody with a browser, an authenticator in it, and no script: does by hand what the dashboard's pages of signing in
 * do.
 */
export class Visitor {
  readonly #stage: Visiting;
  readonly #cookies = new Map<string, string>();
  /** From where they come, as the proxy in front says; each has an address of their own. */
  readonly address: string;
  authenticator: Authenticator;

  constructor(stage: Visiting, address = anAddress()) {
    this.#stage = stage;
    this.address = address;
    this.authenticator = new Authenticator(originOf(stage));
  }

  /** What their browser sends as its cookies. */
  get cookie(): string {
    return [...this.#cookies].map(([name, value]) => `${name}=${value}`).join("; ");
  }

  /** Whether they have the cookie of somebody who is signed in. */
  get isSignedIn(): boolean {
    return this.#cookies.has("__Host-caravela");
  }

  /** Has the cookies of another browser. */
  steal(cookie: string): void {
    for (const part of cookie.split("; ")) this.#keep(part);
  }

  /** Opens a page, or sends a form. */
  async asks(path: string, form?: Record<string, string>, headers: Record<string, string> = {}): Promise<Response> {
    const response = await fetch(new URL(path, this.#stage.server.url), {
      method: form === undefined ? "GET" : "POST",
      redirect: "manual",
      headers: {
        "accept-language": "en",
        "x-forwarded-for": this.address,
        ...(form !== undefined && { "sec-fetch-site": "same-origin" }),
        ...(this.#cookies.size > 0 && { cookie: this.cookie }),
        ...headers,
      },
      ...(form !== undefined && { body: new URLSearchParams(form) }),
    });
    for (const cookie of response.headers.getSetCookie()) this.#keep(cookie);
    return response;
  }

  /** What a page asks of the browser's passkey. */
  async asked(path: string) {
    const response = await this.asks(`${path}/options`, {});
    if (response.status !== 200) throw new Error(`${path}/options answers ${response.status}`);
    return response.json() as Promise<Parameters<Authenticator["create"]>[0] & Parameters<Authenticator["get"]>[0]>;
  }

  /** Signs in by the passkey, honestly unless told otherwise. */
  async signIn(forged: Forged = {}): Promise<Response> {
    return this.#answers("/dashboard/login", this.authenticator.get(await this.asked("/dashboard/login"), forged));
  }

  /** Accepts an invitation, by its path: makes a passkey. */
  async accept(path: string, forged: Forged = {}): Promise<Response> {
    return this.#answers(path, this.authenticator.create(await this.asked(path), forged));
  }

  #answers(path: string, answer: object): Promise<Response> {
    return this.asks(path, { answer: JSON.stringify(answer) });
  }

  #keep(cookie: string): void {
    const [, name = "", value = ""] = /^([^=]+)=([^;]*)/.exec(cookie) ?? [];
    if (value === "" || /max-age=0(;|$)/i.test(cookie)) this.#cookies.delete(name);
    else this.#cookies.set(name, value);
  }
}

/** A colleague of this role who has a passkey, in a browser in which they are not signed in. */
export async function withPasskey(stage: Stage, role: string, differing: Differing = {}) {
  const colleague = await asOperator(stage, role, differing);
  const visitor = new Visitor(stage);
  const { body: asked } = await colleague.api("POST", "/v1/passkeys/options");
  const answer = visitor.authenticator.create(asked);
  const { status, body } = await colleague.api("POST", "/v1/passkeys", { name: "Laptop", answer });
  if (status !== 201) throw new Error(`no passkey: ${JSON.stringify(body)}`);
  return { colleague, visitor, passkey: body.id as string };
}

/** The name that passkeys of a stage's server are made for. */
export function originOf({ server }: Visiting): string {
  return `http://localhost:${new URL(server.url).port}`;
}

let visitors = 0;

function anAddress(): string {
  visitors += 1;
  return `198.51.${100 + Math.floor(visitors / 250)}.${1 + (visitors % 250)}`;
}
