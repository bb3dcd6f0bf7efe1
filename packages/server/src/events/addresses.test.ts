import { describe, expect, it } from "vitest";
import { AddressRules } from "./addresses.ts";

const rules = new AddressRules([]);

describe("addresses", () => {
  it.each([
    "127.0.0.1",
    "127.255.0.9",
    "::1",
    "0.0.0.0",
    "::",
    "10.0.0.1",
    "172.16.0.1",
    "172.31.255.255",
    "192.168.1.1",
    "fd00::1",
    "fc00::1",
    "fec0::1",
    "169.254.169.254",
    "fe80::1",
    "fe80::1%eth0",
    "fd00:ec2::254",
    "100.64.0.1",
    "100.100.100.200",
    "168.63.129.16",
    "::ffff:127.0.0.1",
    "::ffff:a00:1",
    "::127.0.0.1",
    "::10.0.0.1",
    "64:ff9b::a00:1",
    "64:ff9b:1::1",
    "2002:a00:1::",
    "2002:7f00:1::1",
    "2001:0:53aa:64c::1",
    "224.0.0.1",
    "ff02::1",
    "255.255.255.255",
    "240.0.0.1",
    "192.0.0.8",
    "192.0.2.1",
    "198.18.0.1",
    "203.0.113.7",
    "2001:db8::1",
    "100::1",
    "localhost",
    "",
    "300.1.1.1",
  ])("%s is inside, or none at all", (address) => {
    expect(rules.allows(address)).toBe(false);
    expect(new AddressRules("all").allows(address)).toBe(true);
  });

  it.each(["8.8.8.8", "172.32.0.1", "100.128.0.1", "193.136.1.1", "2a01:4f8::1", "::ffff:8.8.8.8", "64:ff9b::808:808"])(
    "%s is on the internet",
    (address) => expect(rules.allows(address)).toBe(true),
  );

  it("inside are allowed where a network of theirs is named, however they are written", () => {
    const some = new AddressRules(["10.0.5.0/24", "fd00:1::/32", "loopback", "192.168.1.7"]);
    for (const one of ["10.0.5.9", "::ffff:10.0.5.9", "fd00:1::5", "127.0.0.1", "::1", "192.168.1.7"])
      expect(some.allows(one)).toBe(true);
    for (const one of ["10.0.6.1", "fd00:2::5", "192.168.1.8", "169.254.169.254"]) expect(some.allows(one)).toBe(false);
  });
});
