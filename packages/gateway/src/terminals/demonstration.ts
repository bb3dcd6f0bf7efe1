import type { Chance } from "@caravela/platform/chance";
import type { Clock } from "@caravela/platform/clock";
import type { Method } from "../domain/transaction.ts";
import { DEMONSTRATION_ID, type Terminal, type Terminals } from "./terminals.ts";
import { makeToken } from "./token.ts";

/** Every method this gateway's terminals can have, in the seed's order. */
export const METHODS: readonly Method[] = ["CARD", "MBWAY", "REFERENCE"];
/** The seed's entity, SIBS's for tests. */
export const TEST_ENTITY = "24000";

const SEED = {
  terminalId: DEMONSTRATION_ID,
  merchantCode: 9_999_999,
  clientId: "8247e05b-e64d-4948-843d-6e8b30224e39",
};

/** Creates the seed's terminal where it does not exist yet. */
export async function ensureDemonstrationTerminal(terminals: Terminals, clock: Clock, chance: Chance): Promise<void> {
  if ((await terminals.find(SEED.terminalId)) !== null) return;
  const made = newTerminal(SEED.terminalId, SEED.merchantCode, clock, chance);
  await terminals.change({ ...made, clientId: SEED.clientId }, (terminal) => terminal);
}

/** A terminal with credentials made for it, every method, and nobody to notify. */
export function newTerminal(terminalId: string, merchantCode: number, clock: Clock, chance: Chance): Terminal {
  return {
    terminalId,
    merchantCode,
    merchantName: "Caravela",
    clientId: chance.uuid(),
    token: makeToken({ terminalId, merchantCode }, clock.now(), chance),
    entity: TEST_ENTITY,
    methods: METHODS,
    disableMandateMBWAYFallback: false,
    requiresCustomer: true,
    statusByMerchantTransactionId: true,
    webhook: null,
  };
}
