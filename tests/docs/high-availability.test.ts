import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { KINDS } from "../../scripts/failover/injuries.ts";

const root = join(import.meta.dirname, "..", "..");
const read = (path: string) => readFileSync(join(root, path), "utf8");
const document = read("docs/high-availability.md");
const blocks = [...document.matchAll(/^```[a-z]*\n([\s\S]*?)^```$/gm)].map(([, block]) => block);

it.each(["patroni.yaml", "etcd.yaml", "haproxy.cfg", "server.env"])(
  "docs/high-availability.md shows %s as npm run failover uses it",
  (name) => {
    expect(blocks).toContain(read(`deploy/high-availability/${name}`));
  },
);

it("says of each kind of injury what came of it", () => {
  for (const kind of KINDS) expect(document, kind).toMatch(new RegExp(`^\\| [^|]*\\(\`${kind}\`\\) \\| \\d+ \\|`, "m"));
});
