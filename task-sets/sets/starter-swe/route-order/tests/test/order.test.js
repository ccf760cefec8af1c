'use strict';

const test = require('node:test');
const assert = require('node:assert');
const { Router } = require('..');

function router(...patterns) {
  const made = new Router();
  for (const pattern of patterns) {
    made.add('GET', pattern, pattern);
  }
  return made;
}

function* orders(list) {
  if (list.length < 2) {
    yield list;
    return;
  }
  for (let i = 0; i < list.length; i++) {
    for (const rest of orders([...list.slice(0, i), ...list.slice(i + 1)])) {
      yield [list[i], ...rest];
    }
  }
}

function inAllOrders(patterns, wanted) {
  for (const order of orders(patterns)) {
    for (const [path, pattern] of Object.entries(wanted)) {
      assert.strictEqual(router(...order).find('GET', path).handler, pattern, `${path} among ${order}`);
    }
  }
}

test('what is written out wins over a parameter', () => {
  inAllOrders(['/articles/:id', '/articles/new', '/:topic/new'], {
    '/articles/new': '/articles/new',
    '/articles/7': '/articles/:id',
    '/news/new': '/:topic/new',
  });
});

test('a parameter wins over a star', () => {
  inAllOrders(['/files/*path', '/files/:name', '/files/readme', '/*all'], {
    '/files/readme': '/files/readme',
    '/files/other': '/files/:name',
    '/files/a/b': '/files/*path',
    '/else': '/*all',
  });
});

test('from left to right', () => {
  inAllOrders(['/:lang/help', '/about/:page', '/about/*rest', '/:lang/:page'], {
    '/about/help': '/about/:page',
    '/de/help': '/:lang/help',
    '/de/x': '/:lang/:page',
    '/about/a/b': '/about/*rest',
  });
});

test('left counts more than how many are written out', () => {
  inAllOrders(['/a/:x/:y', '/:p/b/c', '/a/*rest'], { '/a/b/c': '/a/:x/:y', '/z/b/c': '/:p/b/c', '/a/b': '/a/*rest' });
});

test('a star does not win by being short or long', () => {
  inAllOrders(['/a/*rest', '/:x/b/c/d'], { '/a/b/c/d': '/a/*rest' });
  inAllOrders(['/*all', '/a/b/*rest', '/a/:x/c'], { '/a/b/c': '/a/b/*rest', '/a/x/c': '/a/:x/c' });
});

test('mounted routes are no exception', () => {
  const shop = router('/:id', '/basket');
  const all = new Router().add('GET', '/shop/*rest', 'rest').mount('/shop/', shop);
  assert.strictEqual(all.find('GET', '/shop/basket').handler, '/basket');
  assert.strictEqual(all.find('GET', '/shop/7').handler, '/:id');
});

test('equally exact ones win by their order', () => {
  assert.strictEqual(router('/x/:a', '/x/:b').find('GET', '/x/1').handler, '/x/:a');
  assert.strictEqual(router('/x/:b', '/x/:a').find('GET', '/x/1').handler, '/x/:b');
  assert.strictEqual(router('/x/*b', '/x/*a').find('GET', '/x/1').handler, '/x/*b');
});

test('another method falls back to a parameter', () => {
  const made = router('/articles/new').add('POST', '/articles/:id', 'post');
  const found = made.find('POST', '/articles/new');
  assert.deepStrictEqual([found.status, found.handler, found.params], [200, 'post', { id: 'new' }]);
});

test('a path that fits nothing exact falls back', () => {
  const made = router('/a/:x/end', '/:p/*rest');
  assert.strictEqual(made.find('GET', '/a/b/other').handler, '/:p/*rest');
});

test('methods of all routes that fit are allowed', () => {
  const made = router('/articles/new').add('PUT', '/articles/:id', 'put').add('DELETE', '/*all', 'delete');
  assert.deepStrictEqual(made.find('POST', '/articles/new'), { status: 405, allow: ['DELETE', 'GET', 'HEAD', 'PUT'] });
});

test('HEAD is answered by GET unless it has a route that fits', () => {
  const made = router('/articles/new').add('HEAD', '/articles/:id', 'head');
  assert.strictEqual(made.find('HEAD', '/articles/new').handler, 'head');
  assert.strictEqual(router('/a').find('HEAD', '/a').handler, '/a');
});

test('slashes and encoding', () => {
  const made = router('/a b/:x', '/');
  assert.deepStrictEqual(made.find('GET', '/a%20b/c%2Fd/').params, { x: 'c/d' });
  assert.strictEqual(made.find('GET', '/a%20b//').status, 404);
  assert.strictEqual(made.find('GET', '/?q').handler, '/');
  assert.strictEqual(router('/x/*rest').find('GET', '/x').status, 404);
});
