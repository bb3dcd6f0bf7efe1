import { renderSettings } from "@caravela/web/dashboard";
import type { Screens } from "../room.ts";

/** Who one is here, and what one sets for oneself. */
export function settingsScreen(screens: Screens): void {
  screens.show("/dashboard/settings", async ({ shell }) => renderSettings(await shell()));
}
