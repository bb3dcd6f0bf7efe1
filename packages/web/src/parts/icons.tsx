import type { ComponentChildren } from "preact";

/** A line drawing of 24 by 24, for eyes only: what it means always stands beside it in words. */
function Drawing({ children }: { children: ComponentChildren }) {
  return (
    <svg class="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false">
      {children}
    </svg>
  );
}

export const PhoneIcon = () => (
  <Drawing>
    <rect x="7" y="2.5" width="10" height="19" rx="2.5" />
    <path d="M11 18.5h2" />
  </Drawing>
);

export const PersonIcon = () => (
  <Drawing>
    <circle cx="12" cy="8" r="4.2" />
    <path d="M4 20.5c.8-4.4 4-6.6 8-6.6s7.2 2.2 8 6.6" />
  </Drawing>
);

/** A slip of paper out of a cash machine. */
export const SlipIcon = () => (
  <Drawing>
    <path d="M3 5.5h18v5H3zM6 10.5v10l2-1.4 2 1.4 2-1.4 2 1.4 2-1.4 2 1.4v-10M9 14h6" />
  </Drawing>
);

export const CheckIcon = () => (
  <Drawing>
    <path class="drawn" pathLength="1" d="M5 12.5l4.6 4.7L19 7.5" />
  </Drawing>
);

const EIGHTHS = [0, 45, 90, 135, 180, 225, 270, 315];

/** A tile's flower with the check in its heart: the sign of money well received. */
export const PaidMedallion = () => (
  <div class="medallion">
    <svg class="petals" viewBox="-50 -50 100 100" aria-hidden="true" focusable="false">
      {EIGHTHS.map((angle) => (
        <path key={angle} transform={`rotate(${angle})`} d="M0 -48C13 -38 15 -25 0 -10C-15 -25 -13 -38 0 -48Z" />
      ))}
      <circle class="disc" r="27" />
    </svg>
    <CheckIcon />
  </div>
);

export const ClockIcon = () => (
  <Drawing>
    <circle cx="12" cy="12" r="8.5" />
    <path d="M12 7v5.2l3.4 2" />
  </Drawing>
);

export const NoticeIcon = () => (
  <Drawing>
    <path d="M12 7v6.5M12 17v.2" />
  </Drawing>
);

export const CrossIcon = () => (
  <Drawing>
    <path d="M7 7l10 10M17 7L7 17" />
  </Drawing>
);

/** The key that takes back what was typed last. */
export const EraseIcon = () => (
  <Drawing>
    <path d="M8.5 6H20v12H8.500L3 12zM11.5 9.500l5 5M16.5 9.500l-5 5" />
  </Drawing>
);

export const CardIcon = () => (
  <Drawing>
    <rect x="2.5" y="5" width="19" height="14" rx="2.5" />
    <path d="M2.5 9.5h19M6 15h4" />
  </Drawing>
);

export const LockIcon = () => (
  <Drawing>
    <rect x="5" y="10.5" width="14" height="10" rx="2" />
    <path d="M8 10.5V8a4 4 0 0 1 8 0v2.5" />
  </Drawing>
);

/** What signs somebody in. */
export const KeyIcon = () => (
  <Drawing>
    <circle cx="8" cy="15" r="4.5" />
    <path d="M11.2 11.800L20 3M16 7l3 3M13.500 9.500l2 2" />
  </Drawing>
);

export const PauseIcon = () => (
  <Drawing>
    <path d="M9 6v12M15 6v12" />
  </Drawing>
);

export const ArrowBackIcon = () => (
  <Drawing>
    <path d="M11 5.500l-6.500 6.500 6.500 6.500M5 12h15" />
  </Drawing>
);

export const ReturnIcon = () => (
  <Drawing>
    <path d="M9 6L4.5 10.5 9 15M5 10.5h9a5 5 0 0 1 0 10h-2" />
  </Drawing>
);

export const LookIcon = () => (
  <Drawing>
    <circle cx="10.5" cy="10.5" r="6" />
    <path d="M15 15l5 5" />
  </Drawing>
);

/** Our own mark: a caravel under sail. */
export const CaravelIcon = () => (
  <Drawing>
    <path d="M3 16.5h18l-2.6 4H6zM8 14V4c4 2 5.5 6 5 10zM15.5 14V7c2.6 1.4 3.7 4.2 3.4 7z" />
  </Drawing>
);
