module.exports = require("./kept-providers.cjs").end;
