const { mkdirSync, rmSync, writeFileSync } = require('node:fs');
const { basename, dirname, relative } = require('node:path');
const { build } = require('esbuild');
const { dest, parallel, series, src } = require('gulp');
const { ModuleKind, ScriptTarget, transpileModule } = require('typescript');
const { n8n } = require('./package.json');

const PUBLISHED = [...n8n.credentials, ...n8n.nodes];
const BUNDLE = 'dist/vidu.js';

function clean(done) {
	rmSync('dist', { recursive: true, force: true });
	done();
}

/**
 * All code in one readable file, not minified: n8n loads it faster than 150 small ones. The comments
 * stay in the repository. ASCII only, or V8 would hold it with two bytes a character.
 */
async function bundle() {
	const sources = PUBLISHED.map((path) => path.replace(/^dist/, '.').replace(/\.js$/, ''));
	const { outputFiles } = await build({
		stdin: {
			contents: sources.map((source) => `export * from '${source}';`).join('\n'),
			resolveDir: __dirname,
			loader: 'ts',
		},
		bundle: true,
		write: false,
		platform: 'node',
		// As CommonJS esbuild would add wrappers; see below.
		format: 'esm',
		target: 'es2022',
		external: ['n8n-workflow'],
		logLevel: 'warning',
	});
	const { outputText } = transpileModule(outputFiles[0].text, {
		compilerOptions: {
			removeComments: true,
			module: ModuleKind.ESNext,
			target: ScriptTarget.ES2022,
		},
	});
	mkdirSync(dirname(BUNDLE), { recursive: true });
	writeFileSync(BUNDLE, asCommonJs(outputText));
}

/** The imports and the exports of a single file as CommonJS, indented with tabs. */
function asCommonJs(text) {
	return text
		.replace(/^import \{([^}]*)\} from (".*?");/gm, (_, names, from) => {
			return `const {${names.replaceAll(' as ', ': ')}} = require(${from});`;
		})
		.replace(/^export \{([^}]*)\};/gm, 'module.exports = {$1};')
		.replace(/^(?: {4})+/gm, (indent) => '\t'.repeat(indent.length / 4));
}

/** The files that n8n looks for, each with the class of its name. */
async function faces() {
	for (const path of PUBLISHED) {
		const name = basename(path).split('.')[0];
		const from = relative(dirname(path), BUNDLE);
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
