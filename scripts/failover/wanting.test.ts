import { expect, it } from "vitest";
import { wantingIn, whatIsPresent } from "./wanting.ts";

const ALL = ["patroni", "patronictl", "etcd", "haproxy", "ip", "unshare", "setpriv"];
const whole = { platform: "linux", isRoot: true, programs: new Set(ALL), postgres: "/usr/lib/postgresql/15/bin" };
const without = (...names: string[]) => new Set(ALL.filter((name) => !names.includes(name)));

it("says in one sentence what is missing, and how it is installed", () => {
  const all = wantingIn({ ...whole, programs: without("patroni", "patronictl", "etcd", "haproxy"), postgres: null });
  expect(all).toBe(
    "patroni, etcd-server, haproxy and postgresql are missing: as root, `apt-get update && apt-get install --no-install-recommends patroni etcd-server haproxy postgresql` on Debian brings them, and may start a service of their own, which is not needed.",
  );
  expect(wantingIn({ ...whole, programs: without("haproxy") })).toBe(
    "haproxy is missing: as root, `apt-get update && apt-get install --no-install-recommends haproxy` on Debian brings it, and may start a service of its own, which is not needed.",
  );
});

it("needs Linux and root, and else nothing", () => {
  expect(wantingIn({ ...whole, platform: "darwin" })).toMatch(/^This needs Linux/);
  expect(wantingIn({ ...whole, isRoot: false })).toMatch(/^This needs root/);
  expect(wantingIn(whole)).toBeNull();
});

it("looks around on this machine", () => {
  const present = whatIsPresent();
  expect(present.platform).toBe(process.platform);
  for (const name of present.programs) expect(ALL).toContain(name);
});
