'use strict';

const { Bus } = require('./lib/bus');
const { waitFor } = require('./lib/wait');

module.exports = { Bus, waitFor };
