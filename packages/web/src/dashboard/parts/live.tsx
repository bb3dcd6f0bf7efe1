import { useDesk } from "../shell/desk.ts";
import { shellTexts } from "../shell/texts.ts";

/**
 * Where a screen says that it follows along, and lets one stop it. The script does both: without it the screen shows
 * how things stood when it was asked for, and this is not there. @param from where the changes are heard.
 */
export function Live({ from }: { from: string }) {
  const { live } = useDesk().say(shellTexts);
  return (
    <p class="live needs-script" data-live={from} role="status">
      <span data-live-says data-on={live.on} data-off={live.off}>
        {live.on}
      </span>
      <button type="button" class="plain" data-live-pause data-pause={live.pause} data-resume={live.resume}>
        {live.pause}
      </button>
      <button type="button" class="plain" data-live-fresh data-arrived={live.arrived} hidden />
    </p>
  );
}
