import { type Environment, isLoopback, SettingsError } from "@caravela/platform/settings";
import { readServerSettings, type ServerSettings } from "@caravela/server";
import { STANDARD_API_KEY } from "../start-settings.ts";
import { examineAddresses } from "./addresses.ts";
import { examineDatabase } from "./database.ts";
import { type Finding, wrong } from "./finding.ts";
import { examineMail } from "./mail.ts";
import { examineShop } from "./shop.ts";
import { examineSibs } from "./sibs.ts";

/**
 * Looks at settings, SIBS, addresses and database, in that order; what cannot be seen without an earlier one is left
 * out.
 */
export async function examine(env: Environment): Promise<Finding[]> {
  const settings = settingsOf(env);
  if (Array.isArray(settings)) return settings;
  const isEmbedded = (env.DATABASE_URL?.trim() ?? "") === "";
  return [
    ...(await examineSibs(settings)),
    ...(await examineAddresses(settings)),
    ...(await examineMail(settings)),
    ...examineShop(settings),
    ...(isEmbedded ? [] : await examineDatabase(settings)),
  ];
}

/** As the server would read them; where everything plays on this machine, with what `npm start` sets by itself. */
function settingsOf(env: Environment): ServerSettings | Finding[] {
  try {
    return readServerSettings({ ...whatStartSets(env), DATABASE_URL: "postgres://embedded", ...set(env) });
  } catch (error) {
    if (!(error instanceof SettingsError)) throw error;
    return error.message.split("\n").map((line) => wrong(line, "docs/settings.md says what each setting means."));
  }
}

function whatStartSets(env: Environment): Environment {
  const sibs = env.SIBS_BASE_URL?.trim() ?? "";
  const isOurs = sibs === "" || (URL.canParse(sibs) && isLoopback(sibs));
  return isOurs ? { CARAVELA_API_KEY: STANDARD_API_KEY, CARAVELA_TEST_CLOCK: "1" } : {};
}

/** The settings that are set to something. */
function set(env: Environment): Environment {
  return Object.fromEntries(Object.entries(env).filter(([, value]) => (value?.trim() ?? "") !== ""));
}
