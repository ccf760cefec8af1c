'use strict';

const { UnclosedQuote } = require('./errors');

/** Takes text and gives rows. */
class Machine {
  #separator;
  #row = [];
  #field = '';
  #quoted = false;
  #number = 1;
  #quoteBegan = 0;

  constructor(separator) {
    this.#separator = separator;
  }

  /** The rows that a piece of text completes. */
  *push(text) {
    for (let i = 0; i < text.length; i++) {
      const char = text[i];
      if (this.#quoted) {
        if (char !== '"') {
          this.#field += char;
        } else if (text[i + 1] === '"') {
          this.#field += '"';
          i++;
        } else {
          this.#quoted = false;
        }
      } else if (char === '"' && this.#field === '') {
        this.#quoted = true;
        this.#quoteBegan = this.#number;
      } else if (char === this.#separator) {
        this.#endField();
      } else if (char === '\n' || char === '\r') {
        if (char === '\r' && text[i + 1] === '\n') {
          i++;
        }
        yield this.#endRow();
      } else {
        this.#field += char;
      }
    }
  }

  /** The last row, when it has no line end. */
  *end() {
    if (this.#quoted) {
      throw new UnclosedQuote(this.#quoteBegan);
    }
    if (this.#field !== '' || this.#row.length > 0) {
      yield this.#endRow();
    }
  }

  #endField() {
    this.#row.push(this.#field);
    this.#field = '';
  }

  #endRow() {
    this.#endField();
    const row = this.#row;
    this.#row = [];
    this.#number++;
    return row;
  }
}

module.exports = { Machine };
