// The colours and what each says: Okabe and Ito's, which the colour-blind tell apart. Words say the same beside them.

/** All is as it should be. */
export const GOOD = '#009E73';
/** All is in one place, and it is known why it is not the first one. */
export const ASIDE = '#56B4E9';
/** Look at it when you can. */
export const WATCH = '#E69F00';
/** Somebody is hurt by it now. */
export const BAD = '#D55E00';
/** Not known. */
export const UNKNOWN = '#CC79A7';
/** Nothing is said by it. */
export const PLAIN = '#8E8E8E';
/** What is counted, where no value of it is good or bad. */
export const COUNTED = '#0072B2';
