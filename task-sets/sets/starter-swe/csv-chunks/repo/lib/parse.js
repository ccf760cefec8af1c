'use strict';

const { Machine } = require('./machine');
const { text } = require('./text');

async function* parse(source, { separator = ',' } = {}) {
  if (typeof separator !== 'string' || separator.length !== 1 || '"\r\n'.includes(separator)) {
    throw new TypeError('a separator is one character, and no quote or line end');
  }
  const machine = new Machine(separator);
  for await (const piece of text(source)) {
    yield* machine.push(piece);
  }
  yield* machine.end();
}

module.exports = { parse };
