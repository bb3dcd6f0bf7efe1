import { execFileSync, spawn, spawnSync } from "node:child_process";
import { closeSync, mkdirSync, openSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Replication } from "./templates.ts";
import { addressOf, etcdOn, MACHINES, nameOf, OUR_ADDRESS, patroniOn } from "./templates.ts";

/** The size of a machine's disk for its database: small, so that it can be filled. */
const DISK = "1g";
const BRIDGE = "failover";

/** What all machines have in common. */
export interface Site {
  readonly folder: string;
  readonly logs: string;
  readonly postgres: string;
  readonly secret: string;
  readonly user: string;
  readonly replication: Replication;
}

/** Lays the network that the machines are put on. */
export function layNetwork(): void {
  ip("link", "set", "lo", "up");
  ip("link", "add", BRIDGE, "type", "bridge");
  ip("addr", "add", `${OUR_ADDRESS}/24`, "dev", BRIDGE);
  ip("link", "set", BRIDGE, "up");
}

/** One of the three machines: etcd, Patroni and PostgreSQL in a network namespace, with a disk of their own. */
export class Machine {
  readonly number: number;
  readonly #site: Site;
  readonly #folder: string;

  constructor(number: number, site: Site) {
    this.number = number;
    this.#site = site;
    this.#folder = join(site.folder, this.name);
  }

  get name(): string {
    return nameOf(this.number);
  }

  get address(): string {
    return addressOf(this.number);
  }

  /** Its settings as Patroni reads them. */
  get settings(): string {
    return join(this.#site.folder, `${this.name}.yaml`);
  }

  /** Puts it on the network, with an empty disk; nothing runs on it yet. */
  build(): void {
    const { folder, user, replication } = this.#site;
    const cable = `cable-${this.number}`;
    ip("netns", "add", this.name);
    ip("link", "add", cable, "type", "veth", "peer", "name", "eth0", "netns", this.name);
    ip("link", "set", cable, "master", BRIDGE);
    ip("link", "set", cable, "up");
    this.#inside("addr", "add", `${this.address}/24`, "dev", "eth0");
    this.#inside("link", "set", "eth0", "up");
    this.#inside("link", "set", "lo", "up");
    mkdirSync(this.#folder);
    execFileSync("mount", ["-t", "tmpfs", "-o", `size=${DISK}`, "tmpfs", this.#folder]);
    mkdirSync(`${this.#folder}-etcd`, { mode: 0o700 });
    execFileSync("chown", [user, this.#folder, `${this.#folder}-etcd`]);
    const place = { ...this.#site, folder: this.#folder };
    writeFileSync(this.settings, patroniOn(this.number, replication, place));
    writeFileSync(join(folder, `${this.name}-etcd.yaml`), etcdOn(this.number, place));
    execFileSync("chown", [user, this.settings]);
  }

  /** Takes it away with all that runs on it. */
  remove(): void {
    this.kill();
    execFileSync("umount", ["--lazy", this.#folder]);
    ip("netns", "del", this.name);
    for (const path of [this.#folder, `${this.#folder}-etcd`]) rmSync(path, { recursive: true, force: true });
  }

  /** Starts what runs on it, as after it was switched on. */
  start(): void {
    this.#run("etcd", ["--config-file", join(this.#site.folder, `${this.name}-etcd.yaml`)]);
    this.#run("patroni", [this.settings]);
  }

  /** It loses its power. */
  kill(): void {
    this.#signal("SIGKILL");
  }

  /** Nothing on it moves any more; its kernel still answers for it. */
  freeze(): void {
    this.#signal("SIGSTOP");
  }

  /** It goes on as if nothing had been. */
  thaw(): void {
    this.#signal("SIGCONT");
  }

  /** Its cable is pulled: nobody is told, and nothing passes. */
  cutOff(): void {
    ip("link", "set", `cable-${this.number}`, "down");
  }

  /** The cable is in again. */
  plugIn(): void {
    ip("link", "set", `cable-${this.number}`, "up");
  }

  /** What it sends to the other machines is lost; servers and haproxy still reach it. */
  isolate(): void {
    for (const other of this.#others()) this.#inside("route", "add", "blackhole", other);
  }

  /** It reaches the others again. */
  rejoin(): void {
    for (const other of this.#others()) this.#inside("route", "del", "blackhole", other);
  }

  /** Not a byte is left on its database's disk. */
  fillDisk(): void {
    // it ends with an error when there is no room left, which is what is wanted
    spawnSync("dd", ["if=/dev/zero", `of=${this.#ballast}`, "bs=64K"], { stdio: "ignore" });
  }

  /** There is room again. */
  emptyDisk(): void {
    rmSync(this.#ballast, { force: true });
  }

  get #ballast(): string {
    return join(this.#folder, "ballast");
  }

  #others(): string[] {
    return MACHINES.filter((one) => one !== this.number).map(addressOf);
  }

  #inside(...words: string[]): void {
    ip("-n", this.name, ...words);
  }

  #run(program: string, words: readonly string[]): void {
    const log = openSync(join(this.#site.logs, `${this.name}-${program}.log`), "a");
    const { user } = this.#site;
    const asUser = ["setpriv", "--reuid", user, "--regid", user, "--clear-groups"];
    const child = spawn("ip", ["netns", "exec", this.name, ...asUser, program, ...words], {
      cwd: this.#folder,
      env: { PATH: process.env.PATH, HOME: this.#folder, LANG: "C.UTF-8" },
      stdio: ["ignore", log, log],
      detached: true,
    });
    child.on("error", () => undefined); // then it does not run, and the cluster says so
    closeSync(log);
  }

  #signal(signal: NodeJS.Signals): void {
    const pids = execFileSync("ip", ["netns", "pids", this.name], { encoding: "utf8" }).trim();
    for (const pid of pids.split("\n").filter((text) => text !== "")) {
      if (isGone(pid)) continue;
      try {
        process.kill(Number(pid), signal);
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== "ESRCH") throw error;
      }
    }
  }
}

function isGone(pid: string): boolean {
  try {
    return / Z /.test(readFileSync(`/proc/${pid}/stat`, "utf8"));
  } catch {
    return true;
  }
}

function ip(...words: string[]): void {
  execFileSync("ip", words, { stdio: ["ignore", "ignore", "pipe"] });
}
