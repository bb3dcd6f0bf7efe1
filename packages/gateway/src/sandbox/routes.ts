import type { Chance } from "@caravela/platform/chance";
import type { MovableClock } from "@caravela/platform/clock";
import { type Http, loopbackOnly } from "@caravela/platform/http";
import { type OwnNames, ownRequestsOnly } from "@caravela/platform/own-requests";
import type { Pool } from "@caravela/platform/postgres/pool";
import { closeQueries } from "@caravela/platform/queries";
import { listScenarios } from "../domain/list-scenarios.ts";
import type { Faults } from "../faults/faults.ts";
import type { Mandates } from "../mandates/mandates.ts";
import type { Terminals } from "../terminals/terminals.ts";
import type { Transactions } from "../transactions/transactions.ts";
import { serveChallenges } from "./challenges.ts";
import { serveClock } from "./clock.ts";
import { serveFaults } from "./faults.ts";
import { serveNotifications } from "./notifications.ts";
import { servePhones } from "./phones.ts";
import { serveReferences } from "./references.ts";
import { serveReset } from "./reset.ts";
import { serveTerminals } from "./terminals.ts";
import type { TimeMachine } from "./time-machine.ts";
import { serveTransactions } from "./transactions.ts";

/** What the sandbox steers. */
export interface SandboxOptions {
  readonly pool: Pool;
  readonly clock: MovableClock;
  readonly chance: Chance;
  readonly terminals: Terminals;
  readonly transactions: Transactions;
  readonly mandates: Mandates;
  readonly faults: Faults;
  readonly timeMachine: TimeMachine;
  /** Called when a notification was made due by hand. */
  readonly onDue: () => void;
  /** Whether other machines may steer too. */
  readonly open: boolean;
  readonly names: OwnNames;
}

/**
 * Serves `/sandbox`, which steers the gateway; without authorisation, so that it is for this machine unless opened on
 * purpose.
 */
export function serveSandbox(http: Http, options: SandboxOptions): void {
  http.register(async (scope) => {
    const sandbox = scope as unknown as Http;
    if (!options.open) sandbox.addHook("onRequest", loopbackOnly);
    sandbox.addHook("onRequest", ownRequestsOnly(options.names));
    sandbox.addHook("preValidation", async (request) => {
      request.body ??= {};
    });
    closeQueries(sandbox);
    serveTerminals(sandbox, options);
    servePhones(sandbox, options);
    serveReferences(sandbox, options);
    serveChallenges(sandbox, options);
    serveTransactions(sandbox, options);
    serveNotifications(sandbox, options);
    serveClock(sandbox, options);
    serveFaults(sandbox, options);
    serveReset(sandbox, options);
    sandbox.get("/sandbox/scenarios", async () => ({ scenarios: listScenarios() }));
  });
}
