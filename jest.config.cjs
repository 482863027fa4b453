const { join } = require('node:path');

/** Where another n8n-core is installed, for scripts/engineCore.mts; without it the checkout's own. */
const core = process.env.VIDU_N8N_CORE;

/** Unit, contract, engine and package tests; the end-to-end tests have their own configuration. */
module.exports = {
	testEnvironment: 'node',
	testMatch: ['<rootDir>/test/(unit|contract|engine|package)/**/*.test.?(m)ts'],
	moduleFileExtensions: ['ts', 'mts', 'js', 'mjs', 'cjs', 'json', 'node'],
	transform: { '\\.m?ts$': '<rootDir>/test/transform.cjs' },
	modulePathIgnorePatterns: ['<rootDir>/dist/'],
	moduleNameMapper: core && {
		'^(n8n-(core|workflow))$': join(core, 'node_modules', '$1'),
	},
	// Ends what hangs; no test depends on the speed of the machine.
	testTimeout: 600_000,
	// Tests wait for the sandbox's clock more than they compute; jest by itself leaves one core idle.
	maxWorkers: '100%',
};
