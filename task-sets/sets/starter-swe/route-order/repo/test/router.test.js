'use strict';

const test = require('node:test');
const assert = require('node:assert');
const { Router } = require('..');

test('parameters', () => {
  const router = new Router().add('GET', '/articles/:id', 'article').add('GET', '/files/*path', 'file');
  assert.deepStrictEqual(router.find('GET', '/articles/a%20b?x=1').params, { id: 'a b' });
  assert.deepStrictEqual(router.find('GET', '/files/a/b.txt').params, { path: 'a/b.txt' });
});

test('statuses', () => {
  const router = new Router().add('GET', '/a', 1).add('PUT', '/a', 2);
  assert.strictEqual(router.find('GET', '/b').status, 404);
  assert.strictEqual(router.find('GET', '/%zz').status, 400);
  assert.deepStrictEqual(router.find('POST', '/a'), { status: 405, allow: ['GET', 'HEAD', 'PUT'] });
});

test('the first of equals wins', () => {
  const router = new Router().add('GET', '/:a', 'first').add('GET', '/:b', 'second');
  assert.strictEqual(router.find('GET', '/x').handler, 'first');
});
