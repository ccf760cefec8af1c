'use strict';

/** Rows as objects, named by the first row; missing fields are undefined. */
async function* objects(rows) {
  let names = null;
  for await (const row of rows) {
    if (names === null) {
      names = row;
    } else {
      yield Object.fromEntries(names.map((name, i) => [name, row[i]]));
    }
  }
}

module.exports = { objects };
