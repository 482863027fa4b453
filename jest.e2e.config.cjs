/** End-to-end tests: a real n8n server, a real browser, one of each for all files (see test/e2e). */
module.exports = {
	testEnvironment: 'node',
	testMatch: ['<rootDir>/test/e2e/**/*.test.?(m)ts'],
	moduleFileExtensions: ['ts', 'mts', 'js', 'mjs', 'cjs', 'json', 'node'],
	transform: { '\\.m?ts$': '<rootDir>/test/transform.cjs' },
	modulePathIgnorePatterns: ['<rootDir>/dist/'],
	globalSetup: '<rootDir>/test/e2e/setup.mjs',
	globalTeardown: '<rootDir>/test/e2e/teardown.mjs',
	testTimeout: 600000,
	maxWorkers: 1,
};
