import { createHttp, type Http } from "@caravela/platform/http";
import { createLog } from "@caravela/platform/log";
import { Secret } from "@caravela/platform/secret";
import { expect, it } from "vitest";
import { forTheShop } from "./shop-api.ts";

it("has no POST that could be carried out twice: it does not start", async () => {
  const http = createHttp({ log: createLog({ name: "test", level: "silent" }) });
  http.register(async (scope) => {
    forTheShop(scope as Http, new Secret("sk_test"));
    scope.get("/v1/things", async () => ({}));
    scope.post("/v1/things", async () => ({}));
  });
  await expect(http.ready()).rejects.toThrow("POST /v1/things may be carried out twice");
});
