import { expect, it } from 'vitest';
import { fragmentOf, loginToken, routeOf } from '../../src/route.ts';

it.each([
  ['', { page: 'accounts' }],
  ['#/', { page: 'accounts' }],
  ['#/nonsense', { page: 'accounts' }],
  ['#/add', { page: 'add', connector: null }],
  ['#/add/sandbox', { page: 'add', connector: 'sandbox' }],
  ['#/accounts/a%20b', { page: 'account', id: 'a b' }],
  ['#/accounts/a%', { page: 'account', id: 'a%' }],
  ['#/accounts/a/credentials', { page: 'correct', id: 'a' }],
])('the fragment %j shows %j', (fragment, route) => {
  expect(routeOf(fragment)).toEqual(route);
});

it.each([
  ['/', '', null],
  ['/index.html', '', null],
  ['/accounts/a', '', '#/accounts/a'],
  ['/accounts/a/', '', '#/accounts/a'],
  ['/accounts/a/credentials', '#', '#/accounts/a/credentials'],
  ['/add/sandbox', '', '#/add/sandbox'],
  ['/accounts/a', '#/add', null],
  ['/accounts/a', '#login=t', null],
])('the address %j with the fragment %j is opened as %j', (path, fragment, opened) => {
  expect(fragmentOf(path, fragment)).toBe(opened);
});

it('finds the token of a sign-in link and of nothing else', () => {
  expect(loginToken('#login=abc_-1')).toBe('abc_-1');
  expect(loginToken('#/accounts')).toBeNull();
  expect(loginToken('')).toBeNull();
});
