import { expect, it } from "vitest";
import { parse } from "yaml";
import { addressOf, databaseUrls, etcdOn, MACHINES, nameOf, patroniOn, template } from "./templates.ts";

const place = { folder: "/tmp/one", postgres: "/opt/postgresql/bin", secret: "s3cret" };

it("a machine's settings are the file that is to be copied, with its own name and address", () => {
  const asCopied = {
    folder: "/var/lib/postgresql/caravela",
    postgres: "/usr/lib/postgresql/15/bin",
    secret: "change-me",
  };
  expect(patroniOn(1, "strict", asCopied)).toBe(template("patroni.yaml"));
  for (const machine of MACHINES) {
    const patroni = parse(patroniOn(machine, "strict", place));
    expect(patroni.name).toBe(nameOf(machine));
    expect(patroni.postgresql.connect_address).toBe(`${addressOf(machine)}:5432`);
    expect(patroni.restapi.listen).toBe(`${addressOf(machine)}:8008`);
    expect(patroni.etcd.hosts.split(",")).toEqual(MACHINES.map((one) => `${addressOf(one)}:2379`));
    expect(patroni.postgresql).toMatchObject({ data_dir: "/tmp/one/data", bin_dir: "/opt/postgresql/bin" });
    const etcd = parse(etcdOn(machine, place));
    expect([etcd.name, etcd["listen-client-urls"]]).toEqual([nameOf(machine), `http://${addressOf(machine)}:2379`]);
    expect(etcd["initial-cluster"]).toBe(
      MACHINES.map((one) => `${nameOf(one)}=http://${addressOf(one)}:2380`).join(","),
    );
  }
});

it("no password of the files is left in what runs", () => {
  const all = MACHINES.map((one) => patroniOn(one, "strict", place)).concat(Object.values(databaseUrls(place)));
  for (const text of all) expect(text).not.toContain("change-me");
});

it("strict is what is to be copied; asynchronous differs from it in these two lines", () => {
  const lines = (replication: "strict" | "asynchronous") => patroniOn(1, replication, place).split("\n");
  const [strict, asynchronous] = [lines("strict"), lines("asynchronous")];
  expect(strict.filter((line, at) => line !== asynchronous[at]).map((line) => line.trim())).toEqual([
    "synchronous_mode: true",
    "synchronous_mode_strict: true",
  ]);
});

it("a machine that cannot say that it is the primary stops being one before another begins", () => {
  const { ttl, loop_wait, retry_timeout } = parse(template("patroni.yaml")).bootstrap.dcs;
  expect(loop_wait + 2 * retry_timeout).toBeLessThanOrEqual(ttl);
});

it("haproxy and the list of hosts lead to the same three", () => {
  const servers = [...template("haproxy.cfg").matchAll(/^ {4}server (\S+) (\S+) check$/gm)].map(([, ...all]) => all);
  expect(servers).toEqual(MACHINES.map((one) => [nameOf(one), `${addressOf(one)}:5432`]));
  const { byList } = databaseUrls(place);
  expect(byList).toContain(`@${MACHINES.map((one) => `${addressOf(one)}:5432`).join(",")}/`);
});
