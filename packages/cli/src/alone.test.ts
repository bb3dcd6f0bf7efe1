import { expect, it } from "vitest";
import { startAlone } from "./alone.ts";

it("has a PostgreSQL that comes along to itself, by one address, whatever is set of another", async () => {
  let read: unknown;
  const starting = startAlone(
    { CARAVELA_MIGRATE: "0", DATABASE_DIRECT_URL: "postgres://elsewhere/", CARAVELA_DATABASE_POOLER: "unnamed" },
    {
      read: (env) => {
        read = env;
        throw new Error("read");
      },
      start: () => Promise.reject(new Error("started")),
      mayFetch: false,
    },
  );
  await expect(starting).rejects.toThrow("read");
  expect(read).toMatchObject({
    CARAVELA_MIGRATE: "alone",
    DATABASE_DIRECT_URL: "",
    CARAVELA_DATABASE_POOLER: "none",
  });
});
