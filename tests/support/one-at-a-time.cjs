/** Jest runner: test files one after the other, in this process. What kills, stops and times processes needs the machine to itself. */
const { default: TestRunner } = require('jest-runner');

module.exports = class OneAtATime extends TestRunner {
  isSerial = true;
};
