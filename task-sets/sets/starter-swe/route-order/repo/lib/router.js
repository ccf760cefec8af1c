'use strict';

const { parts } = require('./path');
const { Route } = require('./route');

class Router {
  #routes = [];

  add(method, pattern, handler) {
    this.#routes.push(new Route(method, pattern, handler));
    return this;
  }

  mount(prefix, other) {
    for (const route of other.#routes) {
      this.add(route.method, prefix.replace(/\/$/, '') + route.pattern, route.handler);
    }
    return this;
  }

  find(method, path) {
    const wanted = parts(path);
    if (wanted === null) {
      return { status: 400 };
    }
    const found = this.#first(method, wanted) ?? (method === 'HEAD' ? this.#first('GET', wanted) : null);
    if (found) {
      return { status: 200, ...found };
    }
    const allow = this.#methods(wanted);
    return allow.length > 0 ? { status: 405, allow } : { status: 404 };
  }

  #first(method, wanted) {
    for (const route of this.#routes) {
      const params = route.method === method ? route.match(wanted) : null;
      if (params) {
        return { handler: route.handler, params };
      }
    }
    return null;
  }

  #methods(wanted) {
    const methods = new Set();
    for (const route of this.#routes) {
      if (route.match(wanted)) {
        methods.add(route.method);
        if (route.method === 'GET') {
          methods.add('HEAD');
        }
      }
    }
    return [...methods].sort();
  }
}

module.exports = { Router };
