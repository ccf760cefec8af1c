// All that a reader chose lives in the address after '#', so that a link shows the same page again.
// Unknown keys are kept for pages of another version; values that make no sense count as absent.

const stateKeys = new Map();

/** Adds a key: `read` gives the value or null, `show` its text or null to leave it out. */
function defineKey(name, read, show = (value) => value == null ? null : String(value), otherwise = null) {
  stateKeys.set(name, { read, show, otherwise });
}

const oneOf = (...words) => (text) => words.includes(text) ? text : null;
const freeText = (most) => (text) => text ? text.slice(0, most) : null;
const flag = [(text) => text === '1' ? true : null, (value) => value ? '1' : null];

defineKey('set', freeText(400));
defineKey('T', readDuration, (value) => value == null ? null : String(value));
defineKey('sort', (text) => /^[a-z0-9_]{1,40}\.(asc|desc)$/.test(text) ? text : null);
defineKey('cols', (text) => /^[a-z0-9_,]{1,800}$/.test(text) ? text.split(',').filter(Boolean) : null,
  (value) => value == null ? null : value.join(','));
defineKey('q', freeText(200));
defineKey('mark', oneOf('measured', 'simulated', 'estimated', 'imported', 'greyed', 'frontier'));
defineKey('vs', (text) => {
  const pair = text.split(',').map(Number);
  return pair.length === 2 && pair.every((i) => Number.isInteger(i) && i >= 0) && pair[0] !== pair[1] ? pair : null;
}, (value) => value == null ? null : value.join(','));
defineKey('task', freeText(2000));
defineKey('tsort', oneOf('difficulty', 'disagreement', 'name'));
defineKey('theme', oneOf('light', 'dark'));
defineKey('zoom', ...flag);
defineKey('pick', freeText(2000));

/** The state that an address asks for, with defaults for the rest. */
function readState(hash) {
  const given = new URLSearchParams(hash.replace(/^#/, ''));
  const state = {};
  for (const [name, key] of stateKeys) {
    const text = given.get(name);
    let value = null;
    try {
      value = text == null ? null : key.read(text);
    } catch {
      // As absent.
    }
    state[name] = value ?? key.otherwise;
  }
  return state;
}

/** The address of a state, keys that are not ours included. */
function writeState(state, hash) {
  const given = new URLSearchParams(hash.replace(/^#/, ''));
  const out = new URLSearchParams();
  out.set('v', '1');
  for (const [name, key] of stateKeys) {
    const text = key.show(state[name]);
    if (text != null && text !== '') out.set(name, text);
  }
  for (const [name, text] of given) {
    if (name !== 'v' && text !== '' && !stateKeys.has(name)) out.append(name, text);
  }
  const text = out.toString().replaceAll('%2C', ',');
  return text === 'v=1' ? '' : '#' + text;
}
