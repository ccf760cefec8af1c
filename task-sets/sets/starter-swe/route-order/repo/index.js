'use strict';

const { Router } = require('./lib/router');

module.exports = { Router };
