import { execFile, spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createBody, OVERLAP_HOURS, rollBody } from "../../packages/server/src/api-keys/schemas.ts";
import { SCOPES } from "../../packages/server/src/domain/api-key.ts";
import { makeKey } from "../support/keys.ts";
import { caravelaWith, compiled } from "../support/programs.ts";
import { API_KEY, type Stage, setStage } from "../support/stage.ts";

const run = promisify(execFile);
const text = readFileSync(join(import.meta.dirname, "..", "..", "docs", "keys.md"), "utf8");
const hasCurl = spawnSync("curl", ["--version"]).status === 0;

/** What the description says of who may ask. */
interface Described {
  readonly security: readonly { readonly apiKey?: readonly string[] }[];
}

const optionOf = (member: string) => `--${member.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;

describe("docs/keys.md", () => {
  let stage: Stage;
  beforeAll(async () => {
    stage = await setStage();
  });
  afterAll(() => stage.close());

  it("explains every scope, and none that there is not", () => {
    const section = /^## What a key is good for\n(.*?)^## /ms.exec(text)?.[1] ?? "";
    const explained = [...section.matchAll(/^\| `([a-z:]+)` \|/gm)].map(([, scope]) => scope);
    expect(explained).toEqual([...SCOPES]);
  });

  it("says which calls each scope opens, and a key of that scope alone is let in there and nowhere else", async () => {
    const section = /^## Which calls each scope opens\n(.*?)^##/ms.exec(text)?.[1] ?? "";
    const rows = [...section.matchAll(/^\| (.+?) \| (`.*`) \|$/gm)];
    const opened = new Map(
      rows.map(([, scope = "", calls = ""]) => [scope.replaceAll("`", ""), calls.match(/[A-Z]+ \/[^`]+/g) ?? []]),
    );
    const { body } = await stage.api("GET", "/openapi.json");
    const described = new Map<string, string[]>();
    for (const [path, methods] of Object.entries<Record<string, Described>>(body.paths)) {
      for (const [method, { security }] of Object.entries(methods)) {
        const ofKeys = security.flatMap(({ apiKey }) => (apiKey === undefined ? [] : [apiKey]));
        const [scope = ofKeys.length === 0 ? "no key" : "any, or several"] = ofKeys.flat();
        described.set(scope, [...(described.get(scope) ?? []), `${method.toUpperCase()} ${path}`]);
      }
    }
    const sorted = (calls: Map<string, string[]>) =>
      Object.fromEntries([...calls].map(([of, some]) => [of, some.toSorted()]));
    expect(sorted(opened)).toEqual(sorted(described));

    for (const scope of SCOPES) {
      const { api, id } = await makeKey(stage, [scope]);
      for (const [of, calls] of opened) {
        for (const call of calls) {
          const [method = "", path = ""] = call.split(" ");
          // of the wrong shape, so that nothing is done where it is let in
          const answer = await api(
            method,
            `${path.replace(/\{\w+\}/g, "none")}?none`,
            method === "POST" ? {} : undefined,
          );
          const isLetIn = of === scope || of === "any, or several";
          const refused = of === "no key" ? ["person_needed", null] : ["scope_missing", of];
          expect([answer.status, answer.body.type, answer.body.scope ?? null], `${call} by ${scope}`).toEqual(
            isLetIn ? [400, "/problems/invalid_request", null] : [403, `/problems/${refused[0]}`, refused[1]],
          );
        }
      }
      await stage.api("DELETE", `/v1/keys/${id}`);
    }
  });

  it("shows each command that `caravela keys` has, with all of its options, which are what the API takes", async () => {
    const cwd = join(import.meta.dirname, "..", "..");
    const help = async (...args: string[]) => {
      const command = caravelaWith("keys", ...args, "--help");
      return (await run(process.execPath, command, { cwd, env: { PATH: process.env.PATH, ...compiled } })).stdout;
    };
    const [, block = ""] = /^## From the command line\n.*?^```text\n(.*?)^```/ms.exec(text) ?? [];
    const shown = new Map(
      block
        .trim()
        .split("\n")
        .map((line) => [/^caravela keys (\w+)/.exec(line)?.[1], line]),
    );
    const commands = [...(await help()).matchAll(/^ {2}(\w+) .*/gm)].map(([, command = ""]) => command);
    expect(commands.filter((command) => command !== "help")).toEqual([...shown.keys()]);
    const takes = { create: createBody.properties, roll: rollBody.anyOf[0].properties };
    for (const [command, members] of Object.entries(takes)) {
      const said = await help(command);
      const options = [...said.matchAll(/^ {2}(--[a-z-]+) /gm)].map(([, option]) => option);
      expect(options.sort(), command).toEqual(Object.keys(members).map(optionOf).sort());
      const named = shown.get(command)?.match(/--[a-z-]+/g);
      expect(named?.sort(), command).toEqual(options);
      if (command === "roll")
        expect(said).toContain(`${OVERLAP_HOURS.usual} unless you say otherwise, 0 to ${OVERLAP_HOURS.most}`);
    }
  });

  it.skipIf(!hasCurl)("shows commands that work as they stand, one after the other", async () => {
    const commands = [...text.matchAll(/^```sh\n(.*?)^```/gms)].map(([, command = ""]) => command);
    const script = commands
      .join("\necho; echo '— next —'\n")
      .replaceAll("http://127.0.0.1:3000", stage.server.url)
      .replaceAll("sk_test_caravela", API_KEY);
    const { stdout } = await run("bash", ["-euc", script]);
    const [, , listed = "", refund = "", rolled = "", revoked = "", keys = ""] = stdout.split("— next —\n");
    expect(JSON.parse(listed)).toEqual({ data: [], hasMore: false, next: null });
    expect(JSON.parse(refund)).toMatchObject({ type: "/problems/not_found", status: 404 });
    const { body } = await stage.api("GET", "/v1/keys");
    expect(JSON.parse(rolled)).toMatchObject({
      name: "Till 1",
      scopes: ["payments:read", "refunds:write"],
      refundLimit: 2000,
      overlapEndsAt: expect.stringMatching(/Z$/),
    });
    expect(revoked.trim()).toBe("204");
    expect(JSON.parse(keys)).toEqual(body);
    expect(body.data).toEqual([]);
  });
});
