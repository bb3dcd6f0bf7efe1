import { type StartedGateway, startGateway } from "@caravela/gateway/testing";
import { CannotStart } from "@caravela/platform/cannot-start";
import {
  databaseUrl,
  type Environment,
  LOG_LEVELS,
  list,
  oneOf,
  port,
  readTogether,
  setting,
} from "@caravela/platform/settings";
import { endRequests } from "./end-requests.ts";

/**
 * Runs a gateway for the tests of a program in any language: with an empty database of its own, which goes with it.
 * Prints where it is as one line of JSON, and ends with whoever started it.
 */
export async function gatewayForTests(env: Environment): Promise<void> {
  const settings = readTogether(env, (reading) => ({
    port: setting(reading, "CARAVELA_GATEWAY_PORT", { default: 4010, parse: port }),
    databaseUrl: setting<string | undefined>(reading, "DATABASE_URL", {
      default: undefined,
      parse: databaseUrl,
      isSecret: true,
    }),
    clockFollowers: setting(reading, "CARAVELA_CLOCK_FOLLOWERS", { default: [], parse: list }),
    logLevel: setting(reading, "CARAVELA_LOG_LEVEL", { default: "silent", parse: oneOf(LOG_LEVELS) }),
  }));
  const { asked } = endRequests({ withStarter: true });
  const gateway = await startGateway(settings).catch((error: Error) => {
    throw new CannotStart(error.message, { cause: error });
  });
  console.log(JSON.stringify(lineOf(gateway)));
  await new Promise<void>((resolve) => {
    if (asked.aborted) resolve();
    asked.addEventListener("abort", () => resolve());
  });
  await gateway.close();
}

/** What a program in another language has to know. */
function lineOf({ url, sandboxUrl, terminal, settings, notifications }: StartedGateway) {
  return {
    url,
    baseUrl: settings.sibs.baseUrl,
    sandboxUrl,
    terminal: { ...terminal, notificationSecret: notifications.secret },
  };
}
