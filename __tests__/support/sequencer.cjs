// The order of suites where their durations are not known yet, as in a fresh clone: those that start programs first. One of
// them takes a minute, and would leave a core without work if it came last.
const { default: Sequencer } = require("@jest/test-sequencer");

/** Projects of jest.config.cjs; "package" builds what others wait for. */
const FIRST = ["package", "emulator", "cli", "apps", "terraform"];
const rankOf = ({ context }) => {
  const at = FIRST.indexOf(context.config.displayName?.name);
  return at < 0 ? FIRST.length : at;
};

module.exports = class extends Sequencer {
  sort(tests) {
    return super.sort(tests).sort((a, b) => rankOf(a) - rankOf(b));
  }
};
