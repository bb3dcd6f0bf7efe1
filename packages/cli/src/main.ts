import { Command } from "commander";
import { startAlone } from "./alone.ts";
import { doctor } from "./doctor/doctor.ts";
import { endWith } from "./fault.ts";
import { migrateAll } from "./migrate.ts";
import { runProgram } from "./program.ts";
import { start } from "./start.ts";

const caravela = new Command("caravela")
  .description("Payments in Portugal through SIBS Gateway. Settings come from the environment.")
  .showHelpAfterError();

caravela
  .command("start")
  .description("all of it on this machine: PostgreSQL, gateway, server and example shop")
  .action(() => start(process.env));

caravela
  .command("server")
  .description("the payments server")
  .action(() =>
    runProgram(async () => {
      const { readServerSettings, startServer } = await import("@caravela/server");
      return startAlone(process.env, { read: readServerSettings, start: startServer });
    }),
  );

caravela
  .command("gateway")
  .description("a SIBS Gateway of your own")
  .action(() =>
    runProgram(async () => {
      const { readGatewaySettings, startGateway } = await import("@caravela/gateway");
      return startAlone(process.env, { read: readGatewaySettings, start: startGateway });
    }),
  );

caravela
  .command("migrate")
  .description("bring the database at DATABASE_URL to the newest shape, and end")
  .action(() => migrateAll(process.env));

caravela
  .command("doctor")
  .description("check settings, SIBS, addresses and database, and say what to do")
  .action(() => doctor(process.env));

// a terminal that is gone, a disk that is full: what cannot be said is not said
for (const output of [process.stdout, process.stderr]) output.on("error", () => undefined);

await caravela.parseAsync().catch(endWith);
