const { transformSync } = require('esbuild');
const { createHash } = require('node:crypto');
const { version } = require('esbuild/package.json');

/** Jest transformer: TypeScript (also `.mts`, ES modules, `import.meta.url`) to CommonJS, by esbuild. */
module.exports = {
	getCacheKey: (source, path) =>
		createHash('sha1').update(`${version}\0${path}\0${source}`).digest('hex'),
	process: (source, path) =>
		transformSync(source, {
			loader: path.endsWith('.mjs') ? 'js' : 'ts',
			format: 'cjs',
			target: 'node20',
			sourcefile: path,
			sourcemap: 'inline',
			define: { 'import.meta.url': '__importMetaUrl' },
			banner: "const __importMetaUrl = require('node:url').pathToFileURL(__filename).href;",
		}),
};
