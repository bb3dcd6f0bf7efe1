import { once } from "node:events";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { AddressRules } from "./addresses.ts";
import { InsideAddress, type Lookup, Reach } from "./reach.ts";

let inside: Server;
let port: number;
let asked = 0;
const agents = new Set<string | undefined>();

beforeAll(async () => {
  inside = createServer((request, response) => {
    asked += 1;
    agents.add(request.headers["user-agent"]);
    response.writeHead(302, { location: "http://127.0.0.1:1/" }).end();
  });
  await once(inside.listen(0, "127.0.0.1"), "listening");
  port = (inside.address() as AddressInfo).port;
});
afterAll(() => inside.close());

/** A name server that says each time the next of these. */
function saying(...addresses: string[]): Lookup {
  const lookup = (_host: string, _options: object, done: (error: null, found: object[]) => void) =>
    done(null, [{ address: addresses.shift() ?? "127.0.0.1", family: 4 }]);
  return lookup as unknown as Lookup;
}

const POST = { headers: {}, body: "{}", signal: AbortSignal.timeout(10_000) };
const to = (host: string, mayBeInside = false) => ({ url: `http://${host}:${port}/`, mayBeInside });

describe("an address inside", () => {
  it.each(["127.0.0.1", "0x7f.0.0.1", "[::ffff:127.0.0.1]"])("is not connected to as %s", async (host) => {
    const reach = new Reach(new AddressRules([]));
    asked = 0;
    await expect(reach.post(to(host), POST)).rejects.toThrow(InsideAddress);
    expect(asked).toBe(0);
    await reach.close();
  });

  it("is not connected to when a name changes to it after it was looked at", async () => {
    const lookup = saying("127.0.0.1");
    const reach = new Reach(new AddressRules([]), lookup);
    asked = 0;
    await expect(reach.post(to("shop.pt"), POST)).rejects.toThrow(InsideAddress);
    expect(asked).toBe(0);
    await reach.close();
  });

  it("is connected to when it is allowed, or was there before the rules; what it redirects to is not", async () => {
    const strict = new Reach(new AddressRules([]), saying());
    const lenient = new Reach(new AddressRules(["loopback"]), saying());
    asked = 0;
    expect((await strict.post(to("127.0.0.1", true), POST)).status).toBe(302);
    expect((await strict.post(to("shop.pt", true), POST)).status).toBe(302);
    expect((await lenient.post(to("127.0.0.1"), POST)).status).toBe(302);
    expect((await lenient.post(to("shop.pt"), POST)).status).toBe(302);
    expect(asked).toBe(4);
    expect([...agents]).toEqual(["caravela"]);
    await Promise.all([strict.close(), lenient.close()]);
  });
});
