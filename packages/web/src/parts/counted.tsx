interface CountedProps {
  text: string;
  class?: string;
  /** Whether it is words, which are translated anew each time, and not figures alone, which are left as they are. */
  isWords?: boolean;
}

/**
 * A text that counts. A browser that translates the page puts its own elements in the place of our texts, and what we
 * then change in ours nobody sees: so each count is an element of its own, alone in its place.
 */
export function Counted({ text, class: name, isWords = false }: CountedProps) {
  return (
    <span class={name}>
      <span key={text} {...(!isWords && { translate: false, class: "notranslate" })}>
        {text}
      </span>
    </span>
  );
}
