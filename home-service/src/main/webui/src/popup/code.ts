import type { CodeFormat } from '../api/types.ts';
import { LONGEST_CODE } from '../seal/seal.ts';

const SEPARATORS = /[\s\u00a0\u2010-\u2015-]+/gu;
/** Digits in groups of any size, with one space or hyphen between the groups. */
const DIGIT_GROUPS = /\d+(?:[ \u00a0\u2010-\u2015-]\d+)*/gu;
const CODE_WORD = /code|pin|otp|tan|passe|passcode|verification|vérification/iu;

function digitsOf(text: string): string {
  return text.replace(SEPARATORS, '');
}

/** The text that is sealed: trimmed; where digits are expected, without the spaces and hyphens between them. */
export function normalised(text: string, format: CodeFormat | null | undefined): string {
  const trimmed = text.trim();
  return format?.kind === 'DIGITS' ? digitsOf(trimmed) : trimmed;
}

export type FormatError =
  | { error: 'digits'; length: number | null }
  | { error: 'characters'; length: number }
  | { error: 'too-long'; maxLength: number }
  | { error: 'empty' };

/** What is wrong with what was typed, before anything is sent; null if nothing is. */
export function formatError(text: string, format: CodeFormat | null | undefined): FormatError | null {
  const code = normalised(text, format);
  const length = format?.length ?? null;
  if (format?.kind === 'DIGITS') {
    const right = /^[0-9]+$/.test(code) && (length === null || code.length === length);
    if (!right) return { error: 'digits', length };
  }
  if (code.length === 0) return { error: 'empty' };
  if (length !== null && code.length !== length) return { error: 'characters', length };
  const maxLength = Math.min(format?.maxLength ?? LONGEST_CODE, LONGEST_CODE);
  return code.length > maxLength ? { error: 'too-long', maxLength } : null;
}

/** The code in a pasted message, or the pasted text itself where none stands out. */
export function extractCode(pasted: string, format: CodeFormat | null | undefined): string {
  const text = pasted.trim();
  const found = format?.kind === 'TEXT' ? textCode(text, format) : digitCode(text, format);
  return found ?? text;
}

interface Candidate {
  code: string;
  at: number;
}

function digitCode(text: string, format: CodeFormat | null | undefined): string | null {
  const length = format?.length ?? null;
  const right = (code: string) =>
    length !== null ? code.length === length : code.length >= 4 && code.length <= (format?.maxLength ?? 10);
  const candidates: Candidate[] = [];
  for (const match of text.matchAll(DIGIT_GROUPS)) {
    const joined = digitsOf(match[0]);
    if (right(joined)) candidates.push({ code: joined, at: match.index });
    else {
      for (const group of match[0].matchAll(/\d+/gu)) {
        if (right(group[0])) candidates.push({ code: group[0], at: match.index + group.index });
      }
    }
  }
  return best(text, candidates);
}

/** A word with a digit in it, if the text is a sentence; a text of one or two words is the code as it stands. */
function textCode(text: string, format: CodeFormat): string | null {
  if (text.split(/\s+/u).length < 3) return null;
  const candidates: Candidate[] = [];
  for (const match of text.matchAll(/[\p{L}\p{N}]+(?:-[\p{L}\p{N}]+)*/gu)) {
    const word = match[0];
    const long = format.length == null ? word.length >= 4 : word.length === format.length;
    if (long && /\p{N}/u.test(word)) candidates.push({ code: word, at: match.index });
  }
  return best(text, candidates);
}

/** The one candidate, or of several the first that follows a word like "code", or the first of all. */
function best(text: string, candidates: Candidate[]): string | null {
  const afterWord = candidates.find((one) => CODE_WORD.test(text.slice(Math.max(0, one.at - 24), one.at)));
  return (afterWord ?? candidates[0])?.code ?? null;
}
