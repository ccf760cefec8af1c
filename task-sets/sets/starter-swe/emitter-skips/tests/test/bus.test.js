'use strict';

const test = require('node:test');
const assert = require('node:assert');
const { Bus, waitFor } = require('..');

test('listeners are called in order', () => {
  const bus = new Bus();
  const calls = [];
  bus.on('a', (x) => calls.push('one' + x));
  bus.on('a', (x) => calls.push('two' + x));
  bus.prepend('a', (x) => calls.push('zero' + x));
  assert.strictEqual(bus.emit('a', 1), true);
  assert.deepStrictEqual(calls, ['zero1', 'one1', 'two1']);
});

test('once is once', () => {
  const bus = new Bus();
  let calls = 0;
  bus.once('a', () => calls++);
  bus.emit('a');
  assert.strictEqual(bus.emit('a'), false);
  assert.strictEqual(calls, 1);
});

test('the star hears all', () => {
  const bus = new Bus();
  const names = [];
  bus.on('*', (name) => names.push(name));
  bus.emit('a');
  bus.emit('b');
  assert.deepStrictEqual(names, ['a', 'b']);
});

test('waiting for an event', async () => {
  const bus = new Bus();
  const waiting = waitFor(bus, 'ready');
  bus.emit('ready', 7);
  assert.deepStrictEqual(await waiting, [7]);
});
