'use strict';

const { Subscriptions } = require('./subscriptions');

class Bus {
  #byName = new Map();

  on(name, listener) {
    return this.#of(name).add(listener, {});
  }

  once(name, listener) {
    return this.#of(name).add(listener, { once: true });
  }

  prepend(name, listener) {
    return this.#of(name).add(listener, { first: true });
  }

  /** Ends the newest subscription of a function; says whether there was one. */
  off(name, listener) {
    return this.#of(name).removeNewest(listener);
  }

  /** Calls all listeners; says whether there was one. */
  emit(name, ...args) {
    const errors = [];
    let heard = this.#of(name).call(args, errors);
    if (name !== '*') {
      heard = this.#of('*').call([name, ...args], errors) || heard;
    }
    if (errors.length > 0) {
      throw errors[0];
    }
    return heard;
  }

  count(name) {
    return this.#of(name).size;
  }

  #of(name) {
    let found = this.#byName.get(name);
    if (!found) {
      found = new Subscriptions();
      this.#byName.set(name, found);
    }
    return found;
  }
}

module.exports = { Bus };
