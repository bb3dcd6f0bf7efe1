import { expect, it } from "vitest";
import { addressesIn, placeOf } from "./hosts.ts";

it.each([
  ["of one host, as it is", "postgres://u:p@h/d?sslmode=require", ["postgres://u:p@h/d?sslmode=require"]],
  ["without a host", "postgresql:///d?host=/run", ["postgresql:///d?host=/run"]],
  [
    "of several, each with what is said of all",
    "postgres://u:p,w@one:5432,two,[::1]:5433/d?target_session_attrs=read-write&sslmode=require",
    [
      "postgres://u:p,w@one:5432/d?sslmode=require",
      "postgres://u:p,w@two/d?sslmode=require",
      "postgres://u:p,w@[::1]:5433/d?sslmode=require",
    ],
  ],
  [
    "whose last word is whom it is for",
    "postgres://one/d?sslmode=require&target_session_attrs=primary",
    ["postgres://one/d?sslmode=require"],
  ],
  [
    "that says no more than whom it is for",
    "postgres://one,two?target_session_attrs=any",
    ["postgres://one", "postgres://two"],
  ],
])("reads an address %s", (_what, url, addresses) => {
  expect(addressesIn(url)).toEqual(addresses);
});

it.each([
  ["mysql://one,two/d", /an address like/],
  ["postgres://one,/d", /an address like/],
  ["postgres://one:5432:5433,two/d", /an address like/],
  ["postgres://one,two/d?target_session_attrs=prefer-standby", /read-write.*prefer-standby is not/],
])("refuses %s", (url, says) => {
  expect(() => addressesIn(url)).toThrow(says);
});

it("says where it is without the password", () => {
  expect(placeOf("postgres://u:hidden@one:5432,two:5433/d?target_session_attrs=read-write")).toBe(
    "one:5432,two:5433/d",
  );
});
