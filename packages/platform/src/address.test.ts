import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { customerAddress, networkOf, readAddress, readNetworks } from "./address.ts";

describe("an address", () => {
  it.each([
    ["192.0.2.7", "192.0.2.7"],
    [" 192.0.2.7 ", "192.0.2.7"],
    ["192.0.2.7:50123", "192.0.2.7"],
    ['"192.0.2.7:50123"', "192.0.2.7"],
    ["[192.0.2.7]:50123", "192.0.2.7"],
    ["::ffff:192.0.2.7", "192.0.2.7"],
    ["::FFFF:C000:0207", "192.0.2.7"],
    ["0:0:0:0:0:ffff:192.0.2.7", "192.0.2.7"],
    ["[::ffff:192.0.2.7]:443", "192.0.2.7"],
    ["2001:DB8::7", "2001:db8::7"],
    ["2001:0db8:0000:0000:0000:0000:0000:0007", "2001:db8::7"],
    ["2001:db8:0:0::7", "2001:db8::7"],
    ["2001:db8::0.0.0.7", "2001:db8::7"],
    ["[2001:db8::7]", "2001:db8::7"],
    ["[2001:DB8::7]:65535", "2001:db8::7"],
    ['"[2001:db8::7]:80"', "2001:db8::7"],
    ["fe80::1%eth0", "fe80::1"],
    ["[fe80::1%25eth0]:80", "fe80::1"],
  ])("written %s is %s", (text, address) => {
    expect(readAddress(text)).toBe(address);
  });

  it.each(["", "unknown", "_hidden", "192.0.2", "192.0.2.256", "0xc0000207", "192.0.2.7/24", "2001:db8::7::", "a.b"])(
    "is none in %j",
    (text) => {
      expect(readAddress(text)).toBeNull();
    },
  );

  it("is read whatever it is, and its reading is read as itself", () => {
    fc.assert(
      fc.property(fc.oneof(fc.ipV4(), fc.ipV6(), fc.string()), (text) => {
        const read = readAddress(text);
        if (read !== null) expect(readAddress(read)).toBe(read);
      }),
    );
  });

  it("counts with all of its owner's IPv6 network, and an IPv4 address by itself", () => {
    expect(networkOf("2001:db8:1:2::7")).toBe("2001:db8:1:2::/64");
    expect(networkOf("2001:db8:1:2:ffff:ffff:ffff:ffff")).toBe("2001:db8:1:2::/64");
    expect(networkOf("2001:db8:1:3::7")).toBe("2001:db8:1:3::/64");
    expect(networkOf("192.0.2.7")).toBe("192.0.2.7");
    expect(networkOf("192.0.2.8")).toBe("192.0.2.8");
  });
});

describe("networks", () => {
  it.each([
    ["loopback", "127.0.0.2", true],
    ["loopback", "::ffff:127.0.0.1", true],
    ["loopback", "::1", true],
    ["loopback", "192.0.2.7", false],
    ["10.0.0.0/8", "10.1.2.3:4711", true],
    ["10.0.0.0/8", "11.1.2.3", false],
    ["::ffff:10.0.0.0/104", "10.1.2.3", true],
    ["192.0.2.7", "192.0.2.7", true],
    ["192.0.2.7", "192.0.2.8", false],
    ["2001:DB8::/32", "[2001:db8:1::1]:80", true],
    ["uniquelocal", "fd00::1", true],
    ["10.0.0.0/8", "unknown", false],
  ])("of %s: %s is in them, %s", (word, address, isIn) => {
    expect(readNetworks([word])(address)).toBe(isIn);
  });

  it.each(["10.0.0.0/33", "10.0.0.0/", "10.0.0/8", "2001:db8::/129", "proxy", "1"])("are none in %j", (word) => {
    expect(() => readNetworks([word])).toThrow(TypeError);
  });
});

describe("the customer's address", () => {
  const of = (...ips: string[]) => customerAddress({ ip: ips.at(-1), ips } as never);

  it("is the last that the trusted proxies tell, in its one spelling", () => {
    expect(of("127.0.0.1", "10.0.0.2:80", "[2001:DB8::7]:5000")).toBe("2001:db8::7");
  });

  it("is the proxy's own when what it tells cannot be read", () => {
    expect(of("127.0.0.1", "unknown")).toBe("127.0.0.1");
  });

  it("is the caller's own where no proxy is trusted", () => {
    expect(customerAddress({ ip: "::ffff:192.0.2.7" } as never)).toBe("192.0.2.7");
  });
});
