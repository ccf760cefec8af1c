'use strict';

/** One pattern for one method. */
class Route {
  constructor(method, pattern, handler) {
    this.method = method.toUpperCase();
    this.pattern = pattern;
    this.handler = handler;
    const path = pattern.replace(/^\//, '').replace(/\/$/, '');
    this.segments = path === '' ? [] : path.split('/').map(segment);
    const rest = this.segments.findIndex((each) => each.kind === 'rest');
    if (rest >= 0 && rest < this.segments.length - 1) {
      throw new Error(`${pattern}: a * ends a pattern`);
    }
  }

  /** The parameters of a path, or null when it does not fit. */
  match(parts) {
    const params = {};
    for (let i = 0; i < this.segments.length; i++) {
      const { kind, name } = this.segments[i];
      if (kind === 'rest') {
        if (parts.length <= i) {
          return null;
        }
        params[name] = parts.slice(i).join('/');
        return params;
      }
      const part = parts[i];
      if (part === undefined || (kind === 'fixed' ? part !== name : part === '')) {
        return null;
      }
      if (kind === 'param') {
        params[name] = part;
      }
    }
    return parts.length === this.segments.length ? params : null;
  }
}

function segment(text) {
  if (text.startsWith(':')) {
    return { kind: 'param', name: text.slice(1) };
  }
  if (text.startsWith('*')) {
    return { kind: 'rest', name: text.slice(1) };
  }
  return { kind: 'fixed', name: text };
}

module.exports = { Route };
