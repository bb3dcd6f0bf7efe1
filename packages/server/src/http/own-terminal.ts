import type { Http } from "@caravela/platform/http";
import type { FastifyRequest, RouteOptions } from "fastify";
import type { TerminalId } from "../domain/identifiers.ts";
import { problem } from "./problems.ts";

declare module "fastify" {
  interface FastifyContextConfig {
    /** The route itself shows and makes only what is of the caller's terminal: nothing in its address tells whose. */
    readonly keepsToTerminal?: true;
  }
}

/** Knows whose everything is that has an identifier. */
export interface KnowsOwners {
  /** Null: it is of all terminals, or there is nothing of this identifier. */
  ownerOf(id: string): Promise<TerminalId | null>;
}

/**
 * Keeps a key of one terminal to what is that terminal's. Whatever a route's address names must be: another's is not
 * there (404), and so is what nobody has. A route whose address names nothing must say that it keeps to the terminal by
 * itself; it does not start otherwise.
 */
export function keepToOwnTerminal(http: Http, owners: KnowsOwners): void {
  http.addHook("onRoute", sayWhose);
  http.addHook("preValidation", async (request: FastifyRequest) => {
    const { terminal } = request.caller;
    if (terminal === null || request.routeOptions.config.keepsToTerminal === true) return;
    for (const id of Object.values(request.params as Record<string, string>)) {
      if ((await owners.ownerOf(id)) !== terminal) throw problem("not_found", "There is nothing of this id.");
    }
  });
}

/** @throws TypeError where a route may show what is another terminal's. */
function sayWhose({ method, url, config }: RouteOptions): void {
  if (url.includes(":") || config?.keepsToTerminal === true) return;
  throw new TypeError(
    `${method} ${url} names nothing in its address, so it must itself keep to \`caller.terminal\`: when it does, say so by \`keepsToTerminal: true\``,
  );
}
