import { type ChildProcess, execFile, spawn } from "node:child_process";
import { closeSync, openSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { pause } from "@caravela/platform/timer";
import pg from "pg";
import { Machine, type Site } from "./machine.ts";
import { MACHINES, template } from "./templates.ts";

/** How long a cluster may take until all three machines are in it again, in milliseconds. */
const WHOLE_LIMIT_MS = 300_000;
/** From then on a machine that does not come back by itself is made anew, as whoever is on duty would. */
const REBUILD_AFTER_MS = 90_000;

/** A machine as Patroni lists it. */
interface Member {
  readonly name: string;
  readonly role: string;
  readonly state: string;
  readonly timeline?: number;
  readonly lag?: number | string;
}

/** Three machines with a PostgreSQL each, of which one is the primary, and the haproxy that leads to it. */
export class Cluster {
  readonly machines: readonly Machine[];
  readonly #site: Site;
  #haproxy: ChildProcess | null = null;

  constructor(site: Site) {
    this.#site = site;
    this.machines = MACHINES.map((number) => new Machine(number, site));
  }

  /** Makes it from nothing, with an empty database for the servers. */
  async build(): Promise<void> {
    for (const machine of this.machines) machine.build();
    for (const machine of this.machines) machine.start();
    this.#startHaproxy();
    await this.whole();
    await this.#asSuperuser(await this.primary(), "postgres", [
      `create role caravela login password '${this.#site.secret}-caravela'`,
      "create database caravela owner caravela",
    ]);
  }

  /** Ends all of it, and takes it away. */
  remove(): void {
    this.#haproxy?.kill("SIGKILL");
    for (const machine of this.machines) machine.remove();
  }

  /** The machine that is the primary, once there is one. */
  primary(): Promise<Machine> {
    return this.#named(({ role }) => role === "leader");
  }

  /** The standby that confirms what is committed; where none does, any. */
  async standby(): Promise<Machine> {
    const isSynchronous = this.#site.replication === "strict";
    return this.#named(({ role }) => role === (isSynchronous ? "sync_standby" : "replica"));
  }

  /**
   * Waits until all three machines are of the same history, and one confirms what another commits. @returns those that
   * had to be made anew
   */
  async whole(): Promise<string[]> {
    const rebuilt = new Set<string>();
    for (const begun = Date.now(); ; ) {
      const members = await this.#members();
      if (members !== null && this.#isWhole(members)) return [...rebuilt];
      const waited = Date.now() - begun;
      if (waited > WHOLE_LIMIT_MS) throw new Error(`the cluster is not whole again: ${JSON.stringify(members)}`);
      if (waited > REBUILD_AFTER_MS && members !== null) await this.#rebuild(members, rebuilt);
      await pause(500);
    }
  }

  /** Waits until another machine is the primary. */
  async replaced(machine: Machine): Promise<void> {
    await this.#named(({ role, name }) => role === "leader" && name !== machine.name, machine);
  }

  /** Another becomes the primary in order. */
  async switchOver(): Promise<void> {
    const [primary, standby] = [await this.primary(), await this.standby()];
    await this.#patronictl("switchover", "--force", "--leader", primary.name, "--candidate", standby.name);
  }

  /** Begins one segment of the log after the other, until there is none left, or PostgreSQL has fallen. */
  async useUpLog(machine: Machine): Promise<void> {
    try {
      await this.#asSuperuser(
        machine,
        "caravela",
        Array(64).fill("select pg_switch_wal(), pg_logical_emit_message(false, '', repeat('-', 100))"),
      );
    } catch {
      // so it is
    }
  }

  async #named(which: (member: Member) => boolean, unasked?: Machine): Promise<Machine> {
    for (const last = Date.now() + WHOLE_LIMIT_MS; Date.now() < last; await pause(200)) {
      const found = (await this.#members(unasked))?.find(which);
      const machine = this.machines.find(({ name }) => name === found?.name);
      if (machine !== undefined) return machine;
    }
    throw new Error("there is no such machine in the cluster");
  }

  /** As the first that answers lists them; null: nobody answers. @param unasked one that may not know any more */
  async #members(unasked?: Machine): Promise<readonly Member[] | null> {
    for (const { address } of this.machines.filter((one) => one !== unasked)) {
      try {
        const answer = await fetch(`http://${address}:8008/cluster`, { signal: AbortSignal.timeout(2_000) });
        return ((await answer.json()) as { members: Member[] }).members;
      } catch {
        // the next one may know
      }
    }
    return null;
  }

  #isWhole(members: readonly Member[]): boolean {
    const roles = members.map(({ role }) => role);
    const timelines = new Set(members.map(({ timeline }) => timeline));
    const isCaughtUp = members.every(
      ({ role, lag }) => role === "leader" || (typeof lag === "number" && lag < 2 ** 20),
    );
    const runs = members.every(({ state }) => state === "running" || state === "streaming");
    const isConfirmed = this.#site.replication !== "strict" || roles.includes("sync_standby");
    return (
      members.length === 3 && roles.includes("leader") && timelines.size === 1 && runs && isCaughtUp && isConfirmed
    );
  }

  async #rebuild(members: readonly Member[], rebuilt: Set<string>): Promise<void> {
    const timeline = Math.max(...members.map((member) => member.timeline ?? 0));
    const broken = members.find((one) => one.role !== "leader" && one.timeline !== timeline && !rebuilt.has(one.name));
    if (broken === undefined) return;
    rebuilt.add(broken.name);
    await this.#patronictl("reinit", "caravela", broken.name, "--force").catch(() => undefined);
  }

  async #patronictl(...words: string[]): Promise<void> {
    const settings = this.machines[0]?.settings ?? "";
    await promisify(execFile)("patronictl", ["-c", settings, ...words], {
      timeout: 60_000,
      env: { ...process.env, LANG: "C.UTF-8" },
    });
  }

  #startHaproxy(): void {
    const file = join(this.#site.folder, "haproxy.cfg");
    writeFileSync(file, template("haproxy.cfg"));
    const log = openSync(join(this.#site.logs, "haproxy.log"), "a");
    this.#haproxy = spawn("haproxy", ["-db", "-f", file], { stdio: ["ignore", log, log] });
    closeSync(log);
  }

  async #asSuperuser({ address }: Machine, database: string, statements: readonly string[]): Promise<void> {
    const password = `${this.#site.secret}-postgres`;
    const client = new pg.Client({
      host: address,
      user: "postgres",
      password,
      database,
      connectionTimeoutMillis: 5_000,
      query_timeout: 10_000,
    });
    client.on("error", () => undefined);
    await client.connect();
    try {
      for (const statement of statements) await client.query(statement);
    } finally {
      await client.end().catch(() => undefined);
    }
  }
}
