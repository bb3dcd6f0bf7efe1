import type { Whole } from "../api/answers.ts";
import { useDesk } from "../shell/desk.ts";
import { inBoth } from "../texts.ts";

const moreTexts = inBoth(
  { more: (shown: number) => `E mais: aqui estão ${shown}.`, all: "Ver todos" },
  { more: (shown: number) => `And more: ${shown} stand here.`, all: "See all" },
);

/** Below a list that one screen shows without pages: says where it is not all there is. @param to where all of it is */
export function AndMore({ of: { data, isCut }, to }: { of: Whole<unknown>; to?: string }) {
  const texts = useDesk().say(moreTexts);
  if (!isCut) return null;
  return (
    <p class="hint">
      {texts.more(data.length)} {to !== undefined && <a href={to}>{texts.all}</a>}
    </p>
  );
}
