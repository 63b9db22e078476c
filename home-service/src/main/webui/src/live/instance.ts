import { Live } from './live.ts';

/** The live state of this page. */
export const live = new Live();
