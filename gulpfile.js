const { mkdirSync, rmSync, writeFileSync } = require('node:fs');
const { basename, dirname, relative, resolve } = require('node:path');
const { build } = require('esbuild');
const { dest, parallel, series, src } = require('gulp');
const { n8n } = require('./package.json');

const PUBLISHED = [...n8n.credentials, ...n8n.nodes];
const BUNDLE = 'dist/vidu.js';

function clean(done) {
	rmSync('dist', { recursive: true, force: true });
	done();
}

/** All code in one readable file, which loads ten times faster than many small ones, not minified. */
async function bundle() {
	const sources = PUBLISHED.map((path) => path.replace(/^dist/, '.').replace(/\.js$/, ''));
	await build({
		stdin: {
			contents: sources.map((source) => `export * from '${source}';`).join('\n'),
			resolveDir: __dirname,
			loader: 'ts',
		},
		outfile: BUNDLE,
		bundle: true,
		platform: 'node',
		format: 'cjs',
		target: 'es2021',
		external: ['n8n-workflow'],
		logLevel: 'warning',
	});
}

/** The files that n8n looks for, each with the class of its name. */
async function faces() {
	for (const path of PUBLISHED) {
		const name = basename(path).split('.')[0];
		const from = relative(dirname(path), resolve(BUNDLE));
		mkdirSync(dirname(path), { recursive: true });
		writeFileSync(path, `exports.${name} = require('${from}').${name};\n`);
	}
}

/** What is no code; `encoding: false` keeps the bytes as they are. */
function assets() {
	return src(['icons/*.svg', 'nodes/**/*.node.json'], { base: '.', encoding: false }).pipe(
		dest('dist'),
	);
}

exports.build = series(clean, parallel(bundle, faces, assets));
