// Numbers as people see them, rounded as in the tables that the command line prints.

const ABSENT = '–';
const MINUS = '\u2212';

const known = (value) => typeof value === 'number' && Number.isFinite(value);

/** Half up on the shortest decimal form of the number, as Java's formats do; toFixed does not. */
function fixed(value, digits) {
  const size = Math.abs(value);
  const text = size < 1e-6 ? (0).toFixed(digits)
    : size >= 1e15 ? size.toFixed(digits)
    : Number(Math.round(Number(`${size}e${digits}`)) + `e-${digits}`).toFixed(digits);
  return value < 0 && Number(text) !== 0 ? MINUS + text : text;
}

const percent = (share) => known(share) ? fixed(100 * share, 1) + ' %' : ABSENT;
const wholePercent = (share) => known(share) ? Math.round(100 * share) + ' %' : ABSENT;
/** A difference of two shares, with its sign. */
const points = (share) => known(share) ? (share > 0 ? '+' : '') + fixed(100 * share, 1) : ABSENT;
const clip = (share) => Math.min(1, Math.max(0, share));

/** Clipped to 0 to 100 %; tenths only where the interval is narrow enough for them to matter. */
function interval(lo, hi) {
  if (!known(lo) || !known(hi)) return ABSENT;
  const a = 100 * clip(lo), b = 100 * clip(hi);
  return b - a < 10 ? `${fixed(a, 1)}–${fixed(b, 1)} %` : `${evenly(a)}–${evenly(b)} %`;
}

/** Without digits; half up like the tables. */
const evenly = (value) => fixed(value, 0);

/** An interval of a difference: signs would drown in a dash. */
const between = (lo, hi) => known(lo) && known(hi) ? `${points(lo)} to ${points(hi)}` : ABSENT;

const rank = (best, worst) => !known(best) ? ABSENT : best === worst ? String(best) : `${best}–${worst}`;

/** Three digits that mean something. */
function significant(value) {
  const size = Math.abs(value);
  return fixed(value, size >= 99.95 ? 0 : size >= 9.995 ? 1 : size >= 0.9995 ? 2 : 3);
}

const seconds = (value) => known(value) ? significant(value) : ABSENT;
const ratio = (value) => known(value) ? significant(value) + '×' : ABSENT;
const pValue = (p) => !known(p) ? ABSENT : p < 0.001 ? '< 0.001' : fixed(p, p < 0.1 ? 3 : 2);
const plural = (count, noun) => `${count} ${noun}${count === 1 ? '' : 's'}`;

/** A length of time as people say it: 40.1 s, 5 min, 1 h 12 min. */
function duration(value) {
  if (!known(value)) return ABSENT;
  if (value < 1) return `${Math.round(value * 1000)} ms`;
  if (value < 60) return `${trimmed(value < 10 ? fixed(value, 2) : fixed(value, 1))} s`;
  const whole = Math.round(value);
  if (whole < 3600) {
    const rest = whole % 60;
    return `${Math.floor(whole / 60)} min${rest ? ` ${rest} s` : ''}`;
  }
  const minutes = Math.round(whole / 60), rest = minutes % 60;
  return `${Math.floor(minutes / 60)} h${rest ? ` ${rest} min` : ''}`;
}

const trimmed = (text) => text.includes('.') ? text.replace(/\.?0+$/, '') : text;

/** The day and minute of an ISO time, in UTC. */
const moment = (iso) => iso ? String(iso).slice(0, 16).replace('T', ' ') + ' UTC' : ABSENT;

/** Reads 300, 5m, 1.5 min, 1h30m, 90 s; null where it is no length of time. */
function readDuration(text) {
  const clean = String(text).trim().toLowerCase().replace(',', '.');
  if (/^\d*\.?\d+$/.test(clean)) return Number(clean) || null;
  const unit = { ms: 0.001, s: 1, sec: 1, secs: 1, second: 1, seconds: 1, m: 60, min: 60, mins: 60, minute: 60, minutes: 60, h: 3600, hour: 3600, hours: 3600 };
  let sum = 0, rest = clean;
  while (rest) {
    const part = /^(\d*\.?\d+)\s*([a-z]+)\s*/.exec(rest);
    if (!part || !unit[part[2]]) return null;
    sum += Number(part[1]) * unit[part[2]];
    rest = rest.slice(part[0].length);
  }
  return sum || null;
}
