const { join } = require('node:path');

/** Where another n8n-core is installed, for scripts/engineCore.mts; without it the checkout's own. */
const core = process.env.VIDU_N8N_CORE;

/** Packages of n8n 2.0 and older that are ES modules, which jest requires only when they are transformed. */
const ESM = 'node_modules/(p-retry|is-network-error)/[^/]+\\.js$';

/** Unit, panel, contract, engine and package tests; the end-to-end tests have their own configuration. */
module.exports = {
	testEnvironment: 'node',
	testMatch: ['<rootDir>/test/(unit|panel|contract|engine|package)/**/*.test.?(m)ts'],
	moduleFileExtensions: ['ts', 'mts', 'js', 'mjs', 'cjs', 'json', 'node'],
	transform: { [`\\.m?ts$|${ESM}`]: '<rootDir>/test/transform.cjs' },
	transformIgnorePatterns: [`^(?!.*${ESM}).*/node_modules/`],
	modulePathIgnorePatterns: ['<rootDir>/dist/'],
	moduleNameMapper: core && {
		'^(n8n-(core|workflow))$': join(core, 'node_modules', '$1'),
	},
	// Ends what hangs; no test depends on the speed of the machine.
	testTimeout: 600_000,
	// Tests wait for the sandbox's clock more than they compute; jest by itself leaves one core idle.
	maxWorkers: '100%',
	// What test files leave in a worker's heap adds up; one of gigabytes takes too long to end for jest.
	workerIdleMemoryLimit: '700MB',
};
