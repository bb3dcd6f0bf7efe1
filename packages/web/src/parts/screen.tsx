import type { ComponentChildren } from "preact";

interface ScreenProps {
  /** A sign in place of the icon in its seal. */
  sign?: ComponentChildren;
  icon?: ComponentChildren;
  /** How it went, which gives the seal its colour. */
  tone?: "calm" | "good" | "bad";
  /** Whether something is under way that the customer only waits for. */
  busy?: boolean;
  title: string;
  children: ComponentChildren;
}

/**
 * What every screen has: a sign, a title that takes the focus when the screen changes, and what there is to say and do.
 */
export function Screen({ sign, icon, tone = "calm", busy = false, title, children }: ScreenProps) {
  return (
    <>
      {sign}
      {icon && <div class={busy ? `seal ${tone} busy` : `seal ${tone}`}>{icon}</div>}
      <h1 tabIndex={-1} id="title">
        {title}
      </h1>
      {children}
    </>
  );
}
