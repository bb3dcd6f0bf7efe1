/** How often a page looks by itself how things stand, in milliseconds. */
export const LOOK = 10_000;
/** How often while SIBS is late with its answer. */
export const LOOK_WHILE_CONFIRMING = 5_000;
