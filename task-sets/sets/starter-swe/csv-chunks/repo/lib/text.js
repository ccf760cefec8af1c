'use strict';

/** Text of what a source gives: strings as they are, bytes as UTF-8. */
async function* text(source) {
  let first = true;
  for await (const chunk of source) {
    let piece = typeof chunk === 'string' ? chunk : Buffer.from(chunk).toString('utf8');
    if (first && piece.length > 0) {
      first = false;
      if (piece.startsWith('\ufeff')) {
        piece = piece.slice(1);
      }
    }
    yield piece;
  }
}

module.exports = { text };
