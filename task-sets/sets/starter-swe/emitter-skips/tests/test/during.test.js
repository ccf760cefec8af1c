'use strict';

const test = require('node:test');
const assert = require('node:assert');
const { Bus } = require('..');

function logging() {
  const bus = new Bus();
  const calls = [];
  const says = (word) => () => calls.push(word);
  return { bus, calls, says };
}

test('nobody is skipped after a once listener', () => {
  const { bus, calls, says } = logging();
  bus.once('saved', says('first'));
  bus.on('saved', says('statistics'));
  bus.on('saved', says('backup'));
  bus.emit('saved');
  bus.emit('saved');
  assert.deepStrictEqual(calls, ['first', 'statistics', 'backup', 'statistics', 'backup']);
});

test('nobody is skipped after one who unsubscribes himself', () => {
  const { bus, calls, says } = logging();
  const off = bus.on('a', () => {
    calls.push('one');
    off();
  });
  bus.on('a', says('two'));
  bus.on('a', says('three'));
  bus.emit('a');
  assert.deepStrictEqual(calls, ['one', 'two', 'three']);
});

test('several once listeners in a row are all called', () => {
  const { bus, calls, says } = logging();
  for (const word of ['one', 'two', 'three', 'four']) {
    bus.once('a', says(word));
  }
  bus.emit('a');
  assert.deepStrictEqual(calls, ['one', 'two', 'three', 'four']);
  assert.strictEqual(bus.count('a'), 0);
});

test('nobody is skipped when an earlier one is unsubscribed', () => {
  const { bus, calls, says } = logging();
  const off = bus.on('a', says('one'));
  bus.on('a', () => {
    calls.push('two');
    off();
  });
  bus.on('a', says('three'));
  bus.emit('a');
  assert.deepStrictEqual(calls, ['one', 'two', 'three']);
});

test('nobody is skipped among those who hear all', () => {
  const { bus, calls, says } = logging();
  bus.once('*', says('one'));
  bus.on('*', says('two'));
  bus.emit('a');
  assert.deepStrictEqual(calls, ['one', 'two']);
});

test('whoever is put first during an event shifts nobody', () => {
  const { bus, calls, says } = logging();
  bus.once('a', () => {
    calls.push('one');
    bus.prepend('a', says('zero'));
  });
  bus.on('a', says('two'));
  bus.on('a', says('three'));
  bus.emit('a');
  assert.deepStrictEqual(calls, ['one', 'two', 'three']);
});

test('who was unsubscribed by an earlier listener is not called', () => {
  const { bus, calls, says } = logging();
  let off;
  bus.on('a', () => {
    calls.push('one');
    off();
  });
  bus.on('a', says('two'));
  off = bus.on('a', says('three'));
  bus.emit('a');
  assert.deepStrictEqual(calls, ['one', 'two']);
});

test('who subscribes during an event is called from the next on', () => {
  const { bus, calls, says } = logging();
  let more = true;
  bus.on('a', () => {
    calls.push('one');
    if (more) {
      more = false;
      bus.on('a', says('late'));
    }
  });
  bus.emit('a');
  assert.deepStrictEqual(calls, ['one']);
  bus.emit('a');
  assert.deepStrictEqual(calls, ['one', 'one', 'late']);
});

test('once holds for an event within the event', () => {
  const { bus, calls } = logging();
  bus.once('a', () => {
    calls.push('one');
    bus.emit('a');
  });
  bus.emit('a');
  assert.deepStrictEqual(calls, ['one']);
});

test('one of two equal subscriptions ends for itself', () => {
  const { bus, calls, says } = logging();
  const listener = says('x');
  bus.on('a', listener);
  const off = bus.on('a', listener);
  off();
  off();
  bus.emit('a');
  assert.deepStrictEqual(calls, ['x']);
  assert.strictEqual(bus.off('a', listener), true);
  assert.strictEqual(bus.off('a', listener), false);
});

test('an error keeps nobody from being called', () => {
  const { bus, calls, says } = logging();
  bus.on('a', () => {
    throw new Error('no');
  });
  bus.on('a', says('two'));
  assert.throws(() => bus.emit('a'), /no/);
  assert.deepStrictEqual(calls, ['two']);
});
