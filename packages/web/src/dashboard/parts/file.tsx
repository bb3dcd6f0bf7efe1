import { useDesk } from "../shell/desk.ts";
import { inBoth } from "../texts.ts";

const fileTexts = inBoth({ csv: "Ficheiro CSV desta lista" }, { csv: "CSV file of this list" });

interface FileLinkProps {
  /** The operation of the API that is the file. */
  needs: string;
  path: string;
  /** The filters of the list, as the address has them. */
  filter: Readonly<Record<string, string>>;
}

/** A list as a file: exactly what its filters leave, as a spreadsheet of the language reads it. */
export function FileLink({ needs, path, filter }: FileLinkProps) {
  const { may, say, lang } = useDesk();
  if (!may(needs)) return null;
  const query = new URLSearchParams({ ...filter, ...(lang === "pt" && { format: "pt" }) });
  return (
    <a href={query.size === 0 ? path : `${path}?${query}`} download>
      {say(fileTexts).csv}
    </a>
  );
}
