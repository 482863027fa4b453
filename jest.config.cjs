/** Unit and engine tests; the end-to-end tests have their own configuration. */
module.exports = {
	testEnvironment: 'node',
	testMatch: ['<rootDir>/test/(unit|engine)/**/*.test.?(m)ts'],
	moduleFileExtensions: ['ts', 'mts', 'js', 'mjs', 'cjs', 'json', 'node'],
	transform: { '\\.m?ts$': '<rootDir>/test/transform.cjs' },
	modulePathIgnorePatterns: ['<rootDir>/dist/'],
	testTimeout: 30000,
	// Tests wait for the sandbox's clock more than they compute; jest by itself leaves one core idle.
	maxWorkers: '100%',
};
