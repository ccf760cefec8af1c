'use strict';

/** The decoded parts of a path, or null when it cannot be decoded. */
function parts(path) {
  const plain = path.split('?', 1)[0].replace(/^\//, '').replace(/\/$/, '');
  if (plain === '') {
    return [];
  }
  try {
    return plain.split('/').map(decodeURIComponent);
  } catch {
    return null;
  }
}

module.exports = { parts };
