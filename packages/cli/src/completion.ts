import { CannotStart } from "@caravela/platform/cannot-start";
import type { Command, Option } from "commander";

/** A command, by the words that lead to it. */
interface Place {
  /** Empty: `caravela` itself. */
  readonly path: string;
  readonly options: readonly Option[];
  readonly commands: readonly Command[];
}

/** What a shell is told, that it completes what is typed after `caravela`. @throws CannotStart for another shell */
export function completionFor(shell: string, caravela: Command): string {
  const write = SHELLS[shell];
  if (write === undefined)
    throw new CannotStart(`${shell} is no shell that is known here: ${Object.keys(SHELLS).join(", ")}.`);
  return write(placesOf(caravela));
}

const SHELLS: Readonly<Record<string, (places: readonly Place[]) => string>> = { bash, zsh, fish };

function placesOf(command: Command, path = ""): Place[] {
  const { commands, options } = command;
  const below = commands.flatMap((one) => placesOf(one, path === "" ? one.name() : `${path} ${one.name()}`));
  return [{ path, options, commands }, ...below];
}

/** All words that may come next, for a shell that shows words alone. */
function wordsAt({ options, commands }: Place): string {
  return [...new Set([...commands.map((one) => one.name()), ...options.map(nameOf), "--json", "--help"])].join(" ");
}

/** The words that are no options, as far as they lead to a command. */
const WALK = `for word in $typed; do
    case " $(_caravela_words "$path") " in *" $word "*) case $word in -*) ;; *) path="\${path:+$path }$word" ;; esac ;; esac
  done`;

function wordsFunction(places: readonly Place[]): string {
  const cases = places.map((place) => `    '${place.path}') echo '${wordsAt(place)}' ;;`);
  return ["_caravela_words() {", "  case $1 in", ...cases, "  esac", "}"].join("\n");
}

function bash(places: readonly Place[]): string {
  return `${wordsFunction(places)}
_caravela() {
  local path= word typed="\${COMP_WORDS[*]:1:COMP_CWORD-1}"
  ${WALK}
  COMPREPLY=($(compgen -W "$(_caravela_words "$path")" -- "\${COMP_WORDS[COMP_CWORD]}"))
}
complete -o default -F _caravela caravela
`;
}

function zsh(places: readonly Place[]): string {
  return `#compdef caravela
${wordsFunction(places)}
_caravela() {
  setopt localoptions shwordsplit
  local path= word typed="\${words[2,CURRENT-1]}"
  ${WALK}
  compadd -- $(_caravela_words "$path")
  [[ $compstate[nmatches] -gt 0 ]] || _files
}
compdef _caravela caravela
`;
}

function fish(places: readonly Place[]): string {
  const lines = places.flatMap((place) => {
    const at = `complete -c caravela -n '__caravela_at ${place.path === "" ? '""' : `"${place.path}"`}'`;
    return [
      ...place.commands.map((one) => `${at} -f -a ${one.name()} -d ${quoted(one.description())}`),
      ...place.options.map((one) => `${at} -l ${nameOf(one).replace(/^-+/, "")} -d ${quoted(one.description)}`),
    ];
  });
  const paths = places.map(({ path }) => quoted(path)).join(" ");
  return `set -g __caravela_paths ${paths}
function __caravela_at
  set -l path ""
  for word in (commandline -opc)[2..]
    set -l longer (string trim "$path $word")
    contains -- "$longer" $__caravela_paths; and set path $longer
  end
  test "$path" = "$argv[1]"
end
${lines.join("\n")}
`;
}

function nameOf({ long, short }: Option): string {
  return long ?? short ?? "";
}

function quoted(text: string): string {
  return `'${text.replaceAll("\\", "\\\\").replaceAll("'", "\\'")}'`;
}
