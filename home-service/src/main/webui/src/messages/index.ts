import { en } from './en.ts';
import type { Messages } from './en.ts';
import { fr } from './fr.ts';

export type { Messages };

const languages: Messages[] = [en, fr];

/** The messages of the first language that the person reads and that is here; English if there is none. */
export function messagesFor(wanted: readonly string[]): Messages {
  for (const tag of wanted) {
    const language = tag.toLowerCase().split('-')[0];
    const found = languages.find((one) => one.language === language);
    if (found !== undefined) return found;
  }
  return en;
}

export const m: Messages = messagesFor(globalThis.navigator?.languages ?? []);
