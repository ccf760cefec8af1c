'use strict';

const test = require('node:test');
const assert = require('node:assert');
const { parse, objects, UnclosedQuote } = require('..');

async function rows(...pieces) {
  const found = [];
  for await (const row of parse(pieces)) {
    found.push(row);
  }
  return found;
}

test('plain rows', async () => {
  assert.deepStrictEqual(await rows('a,b\n1,\r\n2,3'), [['a', 'b'], ['1', ''], ['2', '3']]);
});

test('quotes', async () => {
  assert.deepStrictEqual(await rows('"a,b","5"" pipe"\n"x\ny",5"\n'), [['a,b', '5" pipe'], ['x\ny', '5"']]);
});

test('a row in two pieces', async () => {
  assert.deepStrictEqual(await rows('a,b', 'c,d\ne'), [['a', 'bc', 'd'], ['e']]);
});

test('an unclosed quote', async () => {
  await assert.rejects(rows('a\n"b\nc\n'), (error) => error instanceof UnclosedQuote && error.row === 2);
});

test('objects', async () => {
  const found = [];
  for await (const item of objects(parse(['n,m\n1,2\n']))) {
    found.push(item);
  }
  assert.deepStrictEqual(found, [{ n: '1', m: '2' }]);
});
