/** The pigeon that lives on the machine. For eyes only. */
export const Pigeon = () => (
  <svg class="pigeon" viewBox="0 0 100 80" aria-hidden="true" focusable="false">
    <path class="legs" d="M46 62v15M56 62v15M40 77h10M50 77h10" />
    <path class="tail" d="M78 44l20 10-24 8z" />
    <path class="plumage" d="M22 26c0-10 18-12 20 2 10 2 40 4 42 20 1 12-14 18-34 18-18 0-27-10-25-26-3-3-3-9-3-14z" />
    <path class="collar" d="M24 38c6 3 14 2 19-4l1 9c-6 4-14 4-19 1z" />
    <path class="wing" d="M44 44c12-6 28-3 38 6-8 10-30 12-38-6z" />
    <g class="head">
      <path class="plumage" d="M20 30c-2-14 20-20 24-4 1 8-4 12-11 12-8 0-12-2-13-8z" />
      <path class="beak" d="M21 27l-11 4 11 3z" />
      <circle class="eye" cx="29" cy="25" r="3" />
      <circle cx="28.5" cy="24.5" r="1.2" />
    </g>
  </svg>
);
