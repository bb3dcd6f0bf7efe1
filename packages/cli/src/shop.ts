import { setting } from "@caravela/platform/settings";
import { startShop } from "../../../examples/shop/src/main.ts";
import { runProgram } from "./program.ts";

/** The example shop as a child of `caravela start`, which sets what it needs. */
await runProgram(() =>
  startShop({
    host: setting(process.env, "CARAVELA_HOST"),
    port: Number(setting(process.env, "CARAVELA_SHOP_PORT")),
    serverUrl: setting(process.env, "CARAVELA_URL"),
    apiKey: setting(process.env, "CARAVELA_API_KEY"),
  }),
);
