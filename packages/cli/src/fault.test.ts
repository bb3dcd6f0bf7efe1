import { createServer } from "node:http";
import { expect, it } from "vitest";
import { tell } from "./fault.ts";

it("says in one line that a name to listen on is nobody's", async () => {
  const error = await new Promise((resolve) => createServer().once("error", resolve).listen(0, "256.1.1.1"));
  expect(tell(error)).toMatch(/^Nothing is known of the name 256\.1\.1\.1 [^\n]*CARAVELA_HOST[^\n]*\.$/);
});
