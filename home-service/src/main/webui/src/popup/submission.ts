/** What was typed and under which submission it is sent; lives in memory only. */
export interface Submission {
  submissionId: string;
  challengeId: string;
  round: number;
  text: string;
}

/** The same submission for the same text of the same challenge and round, so that sending it again is harmless. */
export function submissionFor(
  last: Submission | null,
  challengeId: string,
  round: number,
  text: string,
  newId: () => string,
): Submission {
  const same =
    last !== null && last.challengeId === challengeId && last.round === round && last.text === text;
  return same ? last : { submissionId: newId(), challengeId, round, text };
}
