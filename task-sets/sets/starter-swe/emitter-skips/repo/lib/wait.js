'use strict';

/** A promise of the next event of a name, with its arguments. */
function waitFor(bus, name) {
  return new Promise((resolve) => bus.once(name, (...args) => resolve(args)));
}

module.exports = { waitFor };
