const ADDRESS = /^(postgres(?:ql)?:\/\/(?:[^/?#]*@)?)([^/?#@]*)([/?#].*)?$/;

/** What a program that writes may want of a session. */
const WRITING = ["any", "read-write", "primary"];

/**
 * The addresses of a PostgreSQL, each of one host: `postgres://u:p@one:5432,other:5432/d` has two. Of several, one at a
 * time takes changes, and is looked for; `target_session_attrs` says no more than that.
 * @throws TypeError when it is no such address
 */
export function addressesIn(url: string): readonly string[] {
  const [, beginning = "", hosts = "", rest = ""] = ADDRESS.exec(url) ?? [];
  const addresses = hosts.split(",").map((host) => `${beginning}${host}${withoutAttributes(rest)}`);
  const isMeant = beginning !== "" && addresses.every((address) => URL.canParse(address));
  if (isMeant && (addresses.length === 1 || !hosts.split(",").includes(""))) return addresses;
  throw new TypeError("an address like postgres://user:password@host:5432/database is needed");
}

/** Where that is, for people: hosts and database, and no password. */
export function placeOf(url: string): string {
  const places = addressesIn(url).map((address) => new URL(address));
  return `${places.map(({ host }) => host).join(",")}${places[0]?.pathname ?? ""}`;
}

function withoutAttributes(rest: string): string {
  const asked = /[?&]target_session_attrs=([^&#]*)/.exec(rest)?.[1];
  if (asked === undefined) return rest;
  if (!WRITING.includes(asked)) {
    throw new TypeError(
      `target_session_attrs is read-write, for what is written is written on the primary: ${asked} is not`,
    );
  }
  return rest.replace(/([?&])target_session_attrs=[^&#]*(&?)/, (_all, before, after) => (after === "" ? "" : before));
}
