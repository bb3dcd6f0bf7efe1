/** A text of a program, whatever quotes it stands in, and comments, so that quotes in them open none. */
const TOKEN = /\/\/[^\n]*|\/\*[\s\S]*?\*\/|`(?:\\.|[^`\\])*`|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'/g;
const STATEMENT = /\b(select|insert into|update|delete from|truncate|lock table)\b/;

/** Where statements name a table without its schema: on a session that a pooler lends, such a name means nothing. */
export function bareNames(program: string, tables: readonly string[]): string[] {
  const bare = new RegExp(`\\b(?:from|into|join|update|truncate|table)\\s+(?:${tables.join("|")})\\b(?![.\\w])`, "g");
  const texts = (program.match(TOKEN) ?? []).filter((token) => !token.startsWith("/") && STATEMENT.test(token));
  return texts.flatMap((text) => text.match(bare) ?? []);
}

/** The tables that a migration makes. */
export function tablesMadeBy(migration: string): string[] {
  return [...migration.matchAll(/^create table (?:if not exists )?(\w+)/gim)].map(([, name = ""]) => name);
}
