import { describe, expect, it } from 'vitest';
import type { CodeFormat } from '../../src/api/types.ts';
import { extractCode, formatError, normalised } from '../../src/popup/code.ts';

const six: CodeFormat = { kind: 'DIGITS', length: 6 };
const digits: CodeFormat = { kind: 'DIGITS' };
const text: CodeFormat = { kind: 'TEXT', maxLength: 20 };

describe('the code in what was pasted', () => {
  it.each([
    ['Your code is 123 456', six, '123456'],
    ['Your code is 123-456.', six, '123456'],
    ['G-123456 is your Google verification code.', six, '123456'],
    ['  123456 \n', six, '123456'],
    ['12 34 56', six, '123456'],
    ['Votre code : 987654. Ne le communiquez à personne. Valable 10 min.', six, '987654'],
    ['Order 555111: your code is 222333', six, '222333'],
    ['Call 0800 123456 7. Code 1234', { kind: 'DIGITS', length: 4 }, '1234'],
    ['Your code is 4711', digits, '4711'],
    ['Your code is 4711', null, '4711'],
    ['Use 2 of 3: PIN 90210', digits, '90210'],
    ['abc', six, 'abc'],
    ['12345', six, '12345'],
    ['Your recovery code is ab12-cd34.', text, 'ab12-cd34'],
    ['ab12 cd34', text, 'ab12 cd34'],
    ['correct horse', text, 'correct horse'],
  ] as [string, CodeFormat | null, string][])('of %j as %j is %j', (pasted, format, code) => {
    expect(extractCode(pasted, format)).toBe(code);
  });
});

describe('the format', () => {
  it.each([
    ['123456', six, null],
    ['123 456', six, null],
    ['123-456', six, null],
    ['12345', six, { error: 'digits', length: 6 }],
    ['1234567', six, { error: 'digits', length: 6 }],
    ['12345a', six, { error: 'digits', length: 6 }],
    ['', six, { error: 'digits', length: 6 }],
    ['', digits, { error: 'digits', length: null }],
    ['12', digits, null],
    ['  ', text, { error: 'empty' }],
    ['  ', null, { error: 'empty' }],
    ['x'.repeat(21), text, { error: 'too-long', maxLength: 20 }],
    ['x'.repeat(257), null, { error: 'too-long', maxLength: 256 }],
    ['x'.repeat(256), null, null],
    ['abc', { kind: 'TEXT', length: 4 }, { error: 'characters', length: 4 }],
  ] as [string, CodeFormat | null, unknown][])('of %j as %j: %j', (typed, format, error) => {
    expect(formatError(typed, format)).toEqual(error);
  });

  it('drops spaces and hyphens between digits only', () => {
    expect(normalised(' 123-456 ', six)).toBe('123456');
    expect(normalised(' ab-12 cd ', text)).toBe('ab-12 cd');
  });
});
