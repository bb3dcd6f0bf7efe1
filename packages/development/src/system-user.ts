import { spawnSync } from "node:child_process";
import { statSync } from "node:fs";
import { CannotStart } from "@caravela/platform/cannot-start";

/** Whom PostgreSQL runs as. */
export interface SystemUser {
  readonly uid: number;
  readonly gid: number;
}

const OWN_NAME = "caravela";

/**
 * PostgreSQL refuses to run as root. As root this finds whom it runs as instead: the owner of the data where there is
 * some, else the user `caravela` or `postgres`, else a `caravela` that it makes. As anybody else: undefined, PostgreSQL
 * runs as ourselves.
 * @throws CannotStart when there is none and none can be made.
 */
export function databaseUser(cluster: string): SystemUser | undefined {
  if (process.getuid?.() !== 0) return undefined;
  return ownerOf(cluster) ?? userNamed(OWN_NAME) ?? userNamed("postgres") ?? createUser();
}

function ownerOf(folder: string): SystemUser | undefined {
  const stat = statSync(folder, { throwIfNoEntry: false });
  return stat === undefined || stat.uid === 0 ? undefined : { uid: stat.uid, gid: stat.gid };
}

function userNamed(name: string): SystemUser | undefined {
  const [uid, gid] = [run("id", ["-u", name]), run("id", ["-g", name])];
  return uid.ok && gid.ok ? { uid: Number(uid.says), gid: Number(gid.says) } : undefined;
}

function createUser(): SystemUser {
  const made = run("useradd", [
    "--system",
    "--user-group",
    "--no-create-home",
    "--shell",
    "/usr/sbin/nologin",
    OWN_NAME,
  ]);
  const user = userNamed(OWN_NAME);
  if (user !== undefined) return user;
  throw new CannotStart(
    `PostgreSQL does not run as root, and the system user "${OWN_NAME}" for it could not be made (${made.says}): ` +
      "make that user, or start as an ordinary user, or set DATABASE_URL to a PostgreSQL of yours.",
  );
}

function run(command: string, args: string[]): { ok: boolean; says: string } {
  // `su` without a dash leaves out the folders where useradd lives
  const env = { ...process.env, PATH: `${process.env.PATH ?? ""}:/usr/sbin:/sbin:/usr/bin:/bin` };
  const { status, stdout, stderr, error } = spawnSync(command, args, { env, encoding: "utf8" });
  return { ok: status === 0, says: (error?.message ?? (status === 0 ? stdout : stderr)).trim() };
}
