import type { MandateId, SavedCardId } from "../domain/identifiers.ts";

/**
 * A row of another table that a decision stands on. Read, then written elsewhere, it could have changed between: so the
 * deciding statement itself looks whether it is as it was read, and keeps it so until it is written.
 */
export type Ground = {
  /** By what it is known to be unchanged. */
  readonly mark: string;
} & (
  | { readonly table: "mandate"; readonly id: MandateId }
  | { readonly table: "saved_card"; readonly id: SavedCardId }
);

export type GroundTable = Ground["table"];

/** What changes whenever such a row does. */
export const MARKS: Readonly<Record<GroundTable, string>> = { mandate: "version::text", saved_card: "transaction_id" };
