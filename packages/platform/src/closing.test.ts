import { once } from "node:events";
import { connect } from "node:net";
import { expect, it } from "vitest";
import { createHttp } from "./http.ts";
import { createLog } from "./log.ts";

it("closes as soon as what is in hand is answered, though connections are kept alive or were never used", async () => {
  const http = createHttp({ log: createLog({ name: "test", level: "silent" }) });
  const answer = Promise.withResolvers<string>();
  const arrived = Promise.withResolvers<void>();
  http.get("/slow", () => {
    arrived.resolve();
    return answer.promise;
  });
  const url = new URL(await http.listen({ host: "127.0.0.1", port: 0 }));
  const unused = connect(Number(url.port), url.hostname);
  await once(unused, "connect");
  const asked = fetch(new URL("/slow", url));
  await arrived.promise;

  const startedAt = performance.now();
  const closed = http.close();
  answer.resolve("in hand");
  expect(await (await asked).text()).toBe("in hand");
  await closed;
  expect(performance.now() - startedAt).toBeLessThan(5_000);
});
