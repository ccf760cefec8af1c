'use strict';

const test = require('node:test');
const assert = require('node:assert');
const { parse, UnclosedQuote } = require('..');

async function rows(pieces, options) {
  const found = [];
  for await (const row of parse(pieces, options)) {
    found.push(row);
  }
  return found;
}

function* halves(data) {
  for (let at = 0; at <= data.length; at++) {
    yield [data.slice(0, at), data.slice(at)];
  }
}

const DATA = 'name,city\r\n"5"" pipe","Z\u00fcrich"\r\n\r\n"","a\r\nb"\r"x""""",\ud83d\ude00\n,';
const ROWS = [
  ['name', 'city'],
  ['5" pipe', 'Z\u00fcrich'],
  [''],
  ['', 'a\r\nb'],
  ['x""', '\ud83d\ude00'],
  ['', ''],
];

test('text cut in two anywhere', async () => {
  for (const pieces of halves(DATA)) {
    assert.deepStrictEqual(await rows(pieces), ROWS, JSON.stringify(pieces));
  }
});

test('text of single characters, with empty pieces between', async () => {
  assert.deepStrictEqual(await rows([...DATA].flatMap((char) => [char, ''])), ROWS);
});

test('bytes cut in two anywhere', async () => {
  for (const pieces of halves(Buffer.from(DATA))) {
    assert.deepStrictEqual(await rows(pieces), ROWS);
  }
});

test('single bytes', async () => {
  assert.deepStrictEqual(await rows([...Buffer.from(DATA)].map((byte) => Uint8Array.of(byte))), ROWS);
});

test('a byte order mark in pieces', async () => {
  const marked = Buffer.from('\ufeff"a",b\n');
  for (const pieces of halves(marked)) {
    assert.deepStrictEqual(await rows(pieces), [['a', 'b']]);
  }
});

test('a quote that ends with the data', async () => {
  assert.deepStrictEqual(await rows(['a,"b', '"']), [['a', 'b']]);
  assert.deepStrictEqual(await rows(['a,"b"', '"c"']), [['a', 'b"c']]);
});

test('a line end that ends with the data', async () => {
  assert.deepStrictEqual(await rows(['a\r']), [['a']]);
  assert.deepStrictEqual(await rows(['a\r', '\r', '\n']), [['a'], ['']]);
});

test('rows come out before more is asked for', async () => {
  const asked = [];
  function* source() {
    for (const piece of ['a,b\nc', ',d\r', '"e\n', 'f"\ng\n']) {
      asked.push(piece);
      yield piece;
    }
  }
  const seen = [];
  for await (const row of parse(source())) {
    seen.push([row[0], asked.length]);
  }
  assert.deepStrictEqual(seen, [['a', 1], ['c', 2], ['e\nf', 4], ['g', 4]]);
});

test('quotes within a field are what they look like', async () => {
  assert.deepStrictEqual(await rows(['5",x"y"z\n', 'a""b\n']), [['5"', 'x"y"z'], ['a""b']]);
});

test('empty lines are rows', async () => {
  assert.deepStrictEqual(await rows(['\n\na\n']), [[''], [''], ['a']]);
  assert.deepStrictEqual(await rows(['']), []);
  assert.deepStrictEqual(await rows([]), []);
});

test('all three line ends', async () => {
  assert.deepStrictEqual(await rows(['a\nb\rc\r\nd']), [['a'], ['b'], ['c'], ['d']]);
});

test('other separators', async () => {
  assert.deepStrictEqual(await rows(['a;b,c\n'], { separator: ';' }), [['a', 'b,c']]);
  await assert.rejects(rows(['a'], { separator: '"' }), TypeError);
});

test('the row of an unclosed quote', async () => {
  await assert.rejects(rows(['a\nb\n', '"c\n', 'd\n']), (error) => error instanceof UnclosedQuote && error.row === 3);
});
