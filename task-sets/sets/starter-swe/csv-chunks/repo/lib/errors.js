'use strict';

class UnclosedQuote extends Error {
  constructor(row) {
    super(`row ${row} begins a quote that is never closed`);
    this.name = 'UnclosedQuote';
    this.row = row;
  }
}

module.exports = { UnclosedQuote };
