'use strict';

const { parse } = require('./lib/parse');
const { objects } = require('./lib/objects');
const { UnclosedQuote } = require('./lib/errors');

module.exports = { parse, objects, UnclosedQuote };
