import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { parseAllDocuments } from "yaml";

const root = join(import.meta.dirname, "..", "..");
const read = (path: string) => readFileSync(join(root, path), "utf8");

type Tree = { readonly [name: string]: Tree } & { readonly [at: number]: Tree };

/** What a file of YAML says; each of its documents whole, or the test fails. */
function saidBy(path: string): readonly Tree[] {
  return parseAllDocuments(read(path), { merge: true }).map((document) => {
    expect(document.errors, path).toEqual([]);
    expect(document.warnings, path).toEqual([]);
    return document.toJS() as Tree;
  });
}

/** Every mapping in a tree, the tree itself among them. */
function mappingsIn(tree: unknown): Tree[] {
  if (typeof tree !== "object" || tree === null) return [];
  const inside = Object.values(tree).flatMap(mappingsIn);
  return Array.isArray(tree) ? inside : [tree as Tree, ...inside];
}

const explained = new Set([...read("docs/settings.md").matchAll(/^\| `([A-Z_]+)` \|/gm)].map(([, name = ""]) => name));
const files = globSync("deploy/**/*.yaml", { cwd: root });
const images = files.flatMap((path) => mappingsIn(saidBy(path)).flatMap(({ image }) => (image ? [String(image)] : [])));
const cluster = globSync("deploy/kubernetes/*.yaml", { cwd: root }).flatMap(saidBy);
const compose = saidBy("deploy/compose.yaml")[0] as Tree;
const dockerfile = read("deploy/Dockerfile");

describe("what is set in deploy/", () => {
  it.each(globSync("deploy/**/*.{yaml,env,service}", { cwd: root }).concat("deploy/Dockerfile"))(
    "%s names settings that there are",
    (path) => {
      const named = [...read(path).matchAll(/\b((?:CARAVELA|SIBS)_[A-Z_]+|DATABASE_(?:DIRECT_)?URL)\b/g)];
      expect(named.map(([name]) => name).filter((name) => !explained.has(name))).toEqual([]);
    },
  );

  it("is all that going-live.md asks for in front of SIBS", () => {
    const blocks = [...read("docs/going-live.md").matchAll(/```sh\n([\s\S]*?)```/g)].map(([, block = ""]) => block);
    const asked = blocks.find((block) => /^SIBS_TERMINAL_ID=/m.test(block)) ?? "";
    const names = [...asked.matchAll(/^([A-Z_]+)=/gm)].map(([, name = ""]) => name);
    expect(names.length).toBeGreaterThan(8);
    const settings = cluster.filter(
      ({ kind, metadata }) => String(kind) !== "Job" && String(metadata?.name) === "caravela",
    );
    const given = settings.flatMap(({ data, stringData }) => Object.keys({ ...data, ...stringData }));
    expect(names.filter((name) => !given.includes(name))).toEqual([]);
    expect(names.filter((name) => !new RegExp(`^${name}=`, "m").test(read("deploy/systemd/server.env")))).toEqual([]);
  });
});

describe("the image", () => {
  it("is made of images with a version, in which Node is the one that we run on", () => {
    const { dependencies } = JSON.parse(read("package.json"));
    const bases = [...dockerfile.matchAll(/^FROM (\S+)/gm)].map(([, base]) => base);
    expect(bases).toEqual(Array(2).fill(`node:${dependencies.node}-bookworm-slim`));
    expect(images.filter((image) => !/:\d+\.\d/.test(image) && image !== "caravela")).toEqual([]);
  });

  it("ends its last stage as somebody by number who is not root, who owns nothing in it, and starts what is installed", () => {
    const last = dockerfile.slice(dockerfile.lastIndexOf("\nFROM "));
    expect(last).toMatch(/^USER [1-9]\d+:[1-9]\d+$/m);
    expect(last).not.toMatch(/--chown|^ADD |sudo|^RUN /m);
    const { bin } = JSON.parse(read("packages/cli/package.json"));
    expect(last).toContain(`ENTRYPOINT ["node", "node_modules/caravela/${bin.caravela}"]`);
  });

  it("is built from what everybody may see: neither settings nor data of whoever builds it", () => {
    const left = read("deploy/Dockerfile.dockerignore").trim().split("\n");
    expect(left).toEqual(expect.arrayContaining(["**/.env*", "**/*.env", "**/*.log", "**/.caravela", ".git"]));
  });

  it("asks after its own health by a script that can be read", () => {
    const [, script = ""] = /CMD (\["node", "-e", .*\])/.exec(dockerfile) ?? [];
    const [, , code] = JSON.parse(script);
    expect(() => new Function(code)).not.toThrow();
    expect(code).toContain("/healthz");
  });
});

describe("whoever runs it", () => {
  const pods = cluster.flatMap(({ spec }) => (spec?.template ? [spec.template.spec] : []));
  const containers = pods.flatMap((pod) => mappingsIn(pod?.containers).filter(({ image }) => image !== undefined));

  it("runs nothing of ours as root, with rights, or with a file system that it could write to", () => {
    expect(pods).toHaveLength(2);
    for (const pod of pods)
      expect(pod).toMatchObject({ automountServiceAccountToken: false, securityContext: { runAsNonRoot: true } });
    const safe = { allowPrivilegeEscalation: false, readOnlyRootFilesystem: true, capabilities: { drop: ["ALL"] } };
    for (const { securityContext } of containers) expect(securityContext).toMatchObject(safe);
    for (const name of ["server", "gateway", "migrate"])
      expect(compose.services?.[name]).toMatchObject({
        read_only: true,
        cap_drop: ["ALL"],
        security_opt: ["no-new-privileges:true"],
      });
    const units = globSync("deploy/systemd/*.service", { cwd: root }).map(read);
    const rights = units.map((unit) => /^LimitCORE=[^[]*/m.exec(unit)?.[0].trim());
    expect(new Set(rights).size, "what migrates may do as little as what serves").toBe(1);
    for (const unit of units) {
      for (const line of ["DynamicUser=yes", "ProtectSystem=strict", "NoNewPrivileges=yes", "CapabilityBoundingSet="])
        expect(unit.split("\n")).toContain(line);
      expect(unit).toContain(" /opt/caravela/node_modules/caravela/bin/caravela.js ");
    }
  });

  it("asks /healthz whether it lives and /readyz whether it serves, and keeps one of two when a node is emptied", () => {
    const server = containers.find(({ name }) => String(name) === "server");
    expect(server?.livenessProbe?.httpGet?.path).toBe("/healthz");
    expect(server?.startupProbe?.httpGet?.path).toBe("/healthz");
    expect(server?.readinessProbe?.httpGet?.path).toBe("/readyz");
    const [deployment, budget, service] = ["Deployment", "PodDisruptionBudget", "Service"].map((kind) =>
      cluster.find((one) => String(one.kind) === kind),
    );
    expect(deployment?.spec?.replicas).toBe(2);
    expect(budget?.spec?.minAvailable).toBe(1);
    const labels = deployment?.spec?.template?.metadata?.labels;
    expect(deployment?.spec?.selector?.matchLabels).toEqual(labels);
    expect(budget?.spec?.selector?.matchLabels).toEqual(labels);
    expect(service?.spec?.selector).toEqual(labels);
    expect(cluster.find((one) => String(one.kind) === "Job")?.spec?.template?.metadata?.labels).not.toEqual(labels);
  });

  it("lets the internet through to what going-live.md says, and to nothing else", () => {
    const ingress = cluster.find(({ kind }) => String(kind) === "Ingress");
    const paths = mappingsIn(ingress).flatMap(({ path }) => (path === undefined ? [] : [String(path)]));
    const row = /^\| the internet \| (.*) \|$/m.exec(read("docs/going-live.md"))?.[1] ?? "";
    expect(paths).toEqual([...row.matchAll(/`([^`]+)`/g)].map(([, path]) => path));
  });
});
