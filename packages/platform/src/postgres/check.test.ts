import { expect, it } from "vitest";
import { CannotStart } from "../cannot-start.ts";
import { checkDatabase } from "./check.ts";

it.each([
  ["is no PostgreSQL's", "mysql://127.0.0.1/shop", /is not the address of a PostgreSQL/],
  ["nobody listens at", "postgres://u:hidden@127.0.0.1:1/shop", /127\.0\.0\.1:1\/shop cannot be used \(.*ECONNREFUSED/],
  ["names a certificate that is not there", "postgres://u:hidden@127.0.0.1:1/shop?sslrootcert=/none.pem", /none\.pem/],
])("says in one line that an address %s, without its password", async (_what, url, says) => {
  const error = await checkDatabase(url).catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(CannotStart);
  const { message } = error as CannotStart;
  expect(message).toMatch(says);
  expect(message).not.toMatch(/hidden|\n/);
});
