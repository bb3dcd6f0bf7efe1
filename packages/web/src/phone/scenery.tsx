/** Lisbon from the river, at the foot of the screen: hills of houses, a yellow tram, a caravel. For eyes only. */
export const Lisbon = () => (
  <svg class="lisbon" viewBox="0 0 320 120" aria-hidden="true" focusable="false" preserveAspectRatio="xMidYMax slice">
    <circle class="sun" cx="252" cy="34" r="15" />
    <path class="hill" d="M0 84C40 50 78 44 118 60s80 10 122-12 60-6 80 6v62H0z" />
    <g class="houses">
      <path d="M14 82V66l9-7 9 7v16zM40 76V58l10-8 10 8v18zM70 74V62l8-7 8 7v12zM232 66V50l10-8 10 8v16zM262 66V54l9-7 9 7v12zM292 72V58l9-7 9 7v14z" />
    </g>
    <path
      class="roofs"
      d="M11 66.500l12-9.5 12 9.500zM37 58.500l13-10.5 13 10.500zM67 62.500l11-9 11 9zM229 50.500l13-10.5 13 10.500zM259 54.500l12-9.5 12 9.500zM289 58.500l12-9.5 12 9.500z"
    />
    <path class="water" d="M0 92c20-5 40-5 60 0s40 5 60 0 40-5 60 0 40 5 60 0 40-5 80-1v29H0z" />
    <g class="tram">
      <path class="wire" d="M149 52l8 12" />
      <rect class="body" x="134" y="62" width="46" height="21" rx="4" />
      <path class="band" d="M134 75h46v3h-46z" />
      <path class="panes" d="M138 66h8v7h-8zM149 66h8v7h-8zM160 66h8v7h-8zM171 66h5v7h-5z" />
      <circle cx="144" cy="84" r="3.5" />
      <circle cx="170" cy="84" r="3.5" />
    </g>
    <g class="caravel">
      <path class="hull" d="M44 100h34l-6 9H51z" />
      <path class="sails" d="M58 98V78c9 4 12 12 11 20zM71 98V85c5 3 7 8 6 13z" />
    </g>
  </svg>
);

/** What stands beside the phone: a coffee and a custard tart. */
export const Snack = () => (
  <svg class="snack" viewBox="0 0 220 110" aria-hidden="true" focusable="false">
    <ellipse class="plate" cx="62" cy="86" rx="58" ry="17" />
    <path class="cup" d="M30 50h64c0 22-9 36-32 36S30 72 30 50z" />
    <ellipse class="coffee" cx="62" cy="50" rx="32" ry="8" />
    <path class="handle" d="M93 56c17-3 17 17-4 16" />
    <g class="steam">
      <path d="M52 36c-6-7 6-10 0-18M64 34c-6-7 6-10 0-18M76 36c-6-7 6-10 0-18" />
    </g>
    <path class="crust" d="M138 70h66l-8 22c-1 4-49 4-50 0z" />
    <path class="folds" d="M150 74l4 17M162 74l2 19M174 74v19M186 74l-3 18" />
    <ellipse class="custard" cx="171" cy="70" rx="33" ry="9" />
    <path class="burnt" d="M154 68c3-3 8-2 10 0M172 73c4-3 9-1 11 0M178 66c2-1 6-1 8 0" />
  </svg>
);

/** A phone asleep, for when nothing waits. */
export const Asleep = () => (
  <svg class="asleep" viewBox="0 0 120 96" aria-hidden="true" focusable="false">
    <rect x="36" y="14" width="48" height="78" rx="10" />
    <path d="M48 50c2 4 7 4 9 0M63 50c2 4 7 4 9 0M56 64c2 2 6 2 8 0" />
    <path class="zzz" d="M88 30h8l-8 9h8M100 12h11l-11 12h11" />
  </svg>
);

const PIECES = Array.from({ length: 14 }, (_, index) => index);

/** Bits of tile that rain when a payment was approved. */
export const Confetti = () => (
  <svg class="confetti" viewBox="0 0 140 100" aria-hidden="true" focusable="false" preserveAspectRatio="none">
    {PIECES.map((piece) => (
      <rect
        key={piece}
        class={`piece piece-${piece % 7}`}
        x={4 + piece * 9.7}
        y={-12}
        width="5"
        height="5"
        rx="1"
        transform={`rotate(${piece * 37} ${6.5 + piece * 9.7} -9.5)`}
      />
    ))}
  </svg>
);
