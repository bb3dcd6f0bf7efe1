import { once } from "node:events";
import { createServer, get } from "node:http";
import type { AddressInfo } from "node:net";
import { createLog } from "@caravela/platform/log";
import { expect, it } from "vitest";
import { streamViews } from "./live.ts";

it("keeps nothing for a page that was closed before its stream began", async () => {
  const listeners = new Set<() => void>();
  const server = createServer((_request, response) => {
    response.on("close", () => {
      streamViews({
        response,
        seen: undefined,
        view: () => new Promise(() => undefined),
        subscribe: (listener) => {
          listeners.add(listener);
          return () => listeners.delete(listener);
        },
        closing: new AbortController().signal,
        log: createLog({ name: "test", level: "silent" }),
      });
      server.emit("tried");
    });
    request.destroy();
  });
  await once(server.listen(0, "127.0.0.1"), "listening");
  const request = get({ host: "127.0.0.1", port: (server.address() as AddressInfo).port });
  request.on("error", () => undefined);
  await once(server, "tried");
  expect(listeners.size).toBe(0);
  server.close();
});
