'use strict';

/** Who listens to one name, in order. */
class Subscriptions {
  #list = [];

  get size() {
    return this.#list.length;
  }

  add(listener, { once = false, first = false }) {
    if (typeof listener !== 'function') {
      throw new TypeError('a listener is a function');
    }
    const entry = { listener, once };
    if (first) {
      this.#list.unshift(entry);
    } else {
      this.#list.push(entry);
    }
    return () => this.#remove(entry);
  }

  removeNewest(listener) {
    for (let i = this.#list.length - 1; i >= 0; i--) {
      if (this.#list[i].listener === listener) {
        return this.#remove(this.#list[i]);
      }
    }
    return false;
  }

  call(args, errors) {
    const count = this.#list.length;
    for (let i = 0; i < count; i++) {
      const entry = this.#list[i];
      if (!entry) {
        break;
      }
      if (entry.once) {
        this.#remove(entry);
      }
      try {
        entry.listener(...args);
      } catch (error) {
        errors.push(error);
      }
    }
    return count > 0;
  }

  #remove(entry) {
    const at = this.#list.indexOf(entry);
    if (at < 0) {
      return false;
    }
    this.#list.splice(at, 1);
    return true;
  }
}

module.exports = { Subscriptions };
