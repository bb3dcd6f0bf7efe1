import type { Knows, Statement } from "../database.ts";
import { knowsOfDueAtGateway } from "./due.ts";
import { notificationStatements } from "./notifications.ts";
import { sandboxStatements } from "./sandbox.ts";
import { knowsOfSaving } from "./save.ts";
import { terminalStatements } from "./terminals.ts";
import { transactionStatements } from "./transactions.ts";

export { gatewayShapes } from "./shapes.ts";

/** The statements that are known by what they are called, or by their text where they have no name. */
export const gatewayStatements: Readonly<Record<string, Statement>> = {
  ...notificationStatements,
  ...sandboxStatements,
  ...terminalStatements,
  ...transactionStatements,
};

/** The gateway's statements: of others' tables it knows none, also where they go by the same name. */
export const knowsOfGateway: Knows = (name, text) => {
  if (!text.includes("sibs_gateway.")) return undefined;
  const called = name ?? text;
  return gatewayStatements[called] ?? knowsOfDueAtGateway(called) ?? knowsOfSaving(called);
};
