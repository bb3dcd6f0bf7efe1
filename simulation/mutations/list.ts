import type { Mutation } from "./mutated.ts";
import { OF_CONSENT } from "./of-consent.ts";
import { OF_PAGES } from "./of-pages.ts";
import { OF_MONEY } from "./of-payments.ts";
import { OF_STORAGE } from "./of-storage.ts";

/** Mistakes that the simulation must find: each is met in others' code, was made in this one, or could be. */
export const MUTATIONS: readonly Mutation[] = [...OF_MONEY, ...OF_CONSENT, ...OF_STORAGE, ...OF_PAGES];
