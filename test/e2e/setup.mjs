import { tsImport } from 'tsx/esm/api';

/** Jest's global setup; it cannot load `.mts` by itself. The teardown calls `endStage`. */
export default async function setup() {
	const { setUp } = await tsImport('./setup.mts', import.meta.url);
	globalThis.endStage = await setUp();
}
