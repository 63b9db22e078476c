import { expect, it } from 'vitest';
import { submissionFor } from '../../src/popup/submission.ts';

it('is the same for the same text, and another for another text, round or challenge', () => {
  let count = 0;
  const id = () => `id-${(count += 1)}`;
  const first = submissionFor(null, 'c', 1, '123456', id);
  expect(first.submissionId).toBe('id-1');
  expect(submissionFor(first, 'c', 1, '123456', id)).toBe(first);
  expect(submissionFor(first, 'c', 1, '123457', id).submissionId).toBe('id-2');
  expect(submissionFor(first, 'c', 2, '123456', id).submissionId).toBe('id-3');
  expect(submissionFor(first, 'd', 1, '123456', id).submissionId).toBe('id-4');
});
