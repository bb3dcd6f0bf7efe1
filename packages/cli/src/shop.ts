import { port, readTogether, setting } from "@caravela/platform/settings";
import { startShop } from "../../../examples/shop/src/main.ts";
import { runProgram } from "./program.ts";

/** The example shop as a child of `caravela start`, which sets what it needs. */
await runProgram(() =>
  startShop(
    readTogether(process.env, (reading) => ({
      host: setting(reading, "CARAVELA_HOST"),
      port: setting(reading, "CARAVELA_SHOP_PORT", { parse: port }),
      serverUrl: setting(reading, "CARAVELA_URL"),
      apiKey: setting(reading, "CARAVELA_API_KEY", { isSecret: true }),
    })),
  ),
);
