import type { ServerSettings } from "@caravela/server";
import { buildWebIfStale } from "@caravela/web/build";
import { Command } from "commander";
import manifest from "../package.json" with { type: "json" };
import { startAlone } from "./alone.ts";
import { addApiCommands } from "./api/commands.ts";
import { completionFor } from "./completion.ts";
import { endRequests } from "./end-requests.ts";
import { faultOf } from "./fault.ts";
import { migrateAll } from "./migrate.ts";
import { exportTo } from "./move/export.ts";
import { importFrom } from "./move/import.ts";
import { type Output, PEOPLE, PROGRAMS } from "./output.ts";
import { runProgram } from "./program.ts";

type Options = Readonly<Record<string, string | undefined>>;

const caravela = new Command("caravela")
  .description("Payments in Portugal through SIBS Gateway. Settings come from the environment.")
  .version(manifest.version, "--version", "this command's version")
  .option("--json", "for programs: one JSON value in place of lines, also of what goes wrong")
  .showHelpAfterError(!isForPrograms())
  .configureOutput({
    outputError: (text, write) =>
      isForPrograms() ? write(`${JSON.stringify(faultOf(text.replace(/^error: /, "").trim()))}\n`) : write(text),
  });

/** Also before the command line is read whole: it may be what is wrong. */
function isForPrograms(): boolean {
  return process.argv.includes("--json");
}

const output = (): Output => (isForPrograms() ? PROGRAMS : PEOPLE);

caravela
  .command("start")
  .description("all of it on this machine: PostgreSQL, gateway, server and example shop")
  .action(async () => {
    const { start } = await import("./start.ts");
    await start(process.env, output());
  });

caravela
  .command("server")
  .description("the payments server")
  .action(() =>
    runProgram(async () => {
      const { readServerSettings, startServer } = await withPages(() => import("@caravela/server"));
      const { examine } = await import("./doctor/examination.ts");
      const start = (settings: ServerSettings) => startServer({ ...settings, examine: () => examine(process.env) });
      return startAlone(process.env, { read: readServerSettings, start, mayFetch: false });
    }),
  );

caravela
  .command("gateway")
  .description("a SIBS Gateway of your own")
  .option("--port <port>", "where it listens, in place of CARAVELA_GATEWAY_PORT; 0 takes any free port")
  .addHelpText("after", "\nWith --json it is for tests: its database is empty, and goes with it.")
  .action(async ({ port }: { port?: string }) => {
    const env = { ...process.env, ...(port !== undefined && { CARAVELA_GATEWAY_PORT: port }) };
    if (isForPrograms()) {
      const { gatewayForTests } = await withPages(() => import("./gateway-for-tests.ts"));
      return gatewayForTests(env);
    }
    return runProgram(async () => {
      const { readGatewaySettings, startGateway } = await withPages(() => import("@caravela/gateway"));
      return startAlone(env, { read: readGatewaySettings, start: startGateway, mayFetch: true });
    });
  });

caravela
  .command("migrate")
  .description("bring the database at DATABASE_URL to the newest shape, while servers go on, and end")
  .option("--alone", "no server or gateway is running: what versions before the last need may be taken away")
  .action((options: { alone?: boolean }) => migrateAll(process.env, options, output()));

caravela
  .command("export")
  .argument("<file>", "a new file, compressed by gzip")
  .description("write all data into a file, from DATABASE_URL or else the PostgreSQL that comes along")
  .action((file: string) => exportTo(file, process.env, endRequests().asked, output()));

caravela
  .command("import")
  .argument("<file>", "what `caravela export` wrote")
  .description("bring the data of such a file into an empty database, at DATABASE_URL or else the one that comes along")
  .action((file: string) => importFrom(file, process.env, endRequests().asked, output()));

caravela
  .command("verify")
  .description("replay every journal, and name each payment and authorised payment that is not what its journal says")
  .action(async () => {
    const { verifyAll } = await withPages(() => import("./verify.ts"));
    if (!(await verifyAll(process.env, output()))) process.exitCode = 1;
  });

const keys = caravela
  .command("keys")
  .description(
    "the API's keys beside CARAVELA_API_KEY: list, make, roll and revoke them, in the database at DATABASE_URL",
  );

keys
  .command("list")
  .description("all of them, newest first")
  .action(() => withKeys((commands) => commands.list(process.env, output())));

keys
  .command("create")
  .description("make a key, and tell its secret this once")
  .requiredOption("--name <name>", "what you know it by")
  .requiredOption("--scopes <scopes>", "what it is good for, parted by commas, as payments:read,refunds:write")
  .option("--terminal <number>", "the one terminal that it is of, where the server has several")
  .option("--refund-limit <cents>", "the most that may be refunded of a payment, and by this key within a day")
  .option("--capture-limit <cents>", "the most that may be captured of a payment, and by this key within a day")
  .option("--expires-at <moment>", "from when on it is good for nothing, as 2027-01-31T18:00:00Z")
  .action((options: Options) => withKeys((commands) => commands.create(process.env, options, output())));

keys
  .command("roll")
  .argument("<id>", "the key's, as `list` has it")
  .description("give a key a new secret, and tell it this once; the old one goes on for a while")
  .option("--overlap-hours <hours>", "for how long: 24 unless you say otherwise, 0 to 168")
  .action((id: string, options: Options) => withKeys((commands) => commands.roll(process.env, id, options, output())));

keys
  .command("revoke")
  .argument("<id>", "the key's, as `list` has it")
  .description("end a key for good, at once")
  .action((id: string) => withKeys((commands) => commands.revoke(process.env, id, output())));

const operator = caravela
  .command("operator")
  .description("the people at work: list, invite and remove them, in the database at DATABASE_URL");

operator
  .command("list")
  .description("all of them, newest first")
  .action(() => withOperators((commands) => commands.list(process.env, output())));

operator
  .command("invite")
  .argument("<name>", "what they are called; whoever is there already gets a new link, as when a passkey is lost")
  .description("tell the link by which somebody comes in: it is good for 15 minutes, once")
  .requiredOption("--role <role>", "what they may: viewer, support, refunder, accountant or owner")
  .option("--terminal <number>", "the one terminal that they are of, where the server has several")
  .option("--refund-limit <cents>", "the most that may be refunded of a payment, and by them within a day")
  .option("--capture-limit <cents>", "the most that may be captured of a payment, and by them within a day")
  .action((name: string, options: Options) =>
    withOperators((commands) => commands.invite(process.env, name, options, output())),
  );

operator
  .command("remove")
  .argument("<who>", "their id, as `list` has it, or their name")
  .description("sign somebody out everywhere, for good")
  .action((who: string) => withOperators((commands) => commands.remove(process.env, who, output())));

caravela
  .command("audit")
  .description("what people, keys and commands did")
  .command("verify")
  .option("--expect <number:hash>", "an entry that was kept elsewhere, as this command has printed it")
  .description("walk the audit, name each entry that was changed, removed or put in outside, and print the last")
  .action(async ({ expect }: Options) => {
    const { verify } = await withPages(() => import("./audit.ts"));
    if (!(await verify(process.env, expect, output()))) process.exitCode = 1;
  });

caravela
  .command("doctor")
  .description("check settings, SIBS, addresses and database, and say what to do")
  .action(async () => {
    const { doctor } = await withPages(() => import("./doctor/doctor.ts"));
    await doctor(process.env, output());
  });

addApiCommands(caravela, output);

caravela
  .command("completion")
  .argument("<shell>", "bash, zsh or fish")
  .description("what your shell completes this command by: `source <(caravela completion bash)`")
  .action((shell: string) => {
    const script = completionFor(shell, caravela);
    output().result({ shell, script }, script.trimEnd());
  });

// a terminal that is gone, a disk that is full: what cannot be said is not said
for (const output of [process.stdout, process.stderr]) output.on("error", () => undefined);

await caravela.parseAsync().catch((error: unknown) => {
  output().fault(error);
  process.exit(1);
});

async function withKeys(run: (commands: typeof import("./keys.ts")) => Promise<void>): Promise<void> {
  await run(await withPages(() => import("./keys.ts")));
}

async function withOperators(run: (commands: typeof import("./operators.ts")) => Promise<void>): Promise<void> {
  await run(await withPages(() => import("./operators.ts")));
}

/** Loads what imports the pages as they are built: in a fresh clone, and after a change, they are built first. */
async function withPages<Module>(load: () => Promise<Module>): Promise<Module> {
  await buildWebIfStale();
  return load();
}
