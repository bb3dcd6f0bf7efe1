import { type Mention, mentions, type SourceFile, withoutComments } from "../arrows/source.ts";

/**
 * Where something was learnt, as comments of ours cite it: by the letters of a source or by the number of a chapter.
 */
const CITED =
  /\b(?:V2|V3|AM|GH|PG|SG3?|NPM|IP|NV|MK)-[A-Z][A-Z0-9-]*\b|\bV2(?:'s|\b(?=[:;,)]))|\(AM\b|\bAM[):;,]|\b[Rr]eference \d{1,2}\.\d{1,2}\b|§|\bgateway[- ]3\b/g;

/**
 * The run that SIBS published, as we call it among ourselves. What is quoted is a member of that name, and `--seed` is
 * what chance begins with.
 */
const SEED = /(?<!["`]|--)\bseed(?:'s|s'|s)?\b(?!["`])/gi;
const SEED_IN_TEXT = /\bthe seed\b|\bseed's\b/gi;

/** What a text says of where something was learnt. */
export function citedInText({ text }: Pick<SourceFile, "text">): Mention[] {
  return [...mentions(text, CITED), ...mentions(text, SEED)];
}

/** The same of what a program says: its texts, not its comments. */
export function citedInProgram({ text }: Pick<SourceFile, "text">): Mention[] {
  const said = withoutComments(text);
  return [...mentions(said, CITED), ...mentions(said, SEED_IN_TEXT)];
}
