import type { ComponentChildren } from "preact";
import { useEffect, useRef } from "preact/hooks";

/** Something that the customer must know before anything else: it is heard at once, and comes into sight. */
export function Alert({ children }: { children: ComponentChildren }) {
  const own = useRef<HTMLParagraphElement>(null);
  useEffect(() => own.current?.scrollIntoView({ block: "nearest" }), []);
  return (
    <p class="warning" role="alert" ref={own}>
      {children}
    </p>
  );
}
