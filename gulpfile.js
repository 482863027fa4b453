const { mkdirSync, rmSync, writeFileSync } = require('node:fs');
const { dirname } = require('node:path');
const { build } = require('esbuild');
const { dest, parallel, series, src } = require('gulp');
const { ModuleKind, ScriptTarget, transpileModule } = require('typescript');
const { n8n } = require('./package.json');

const ENTRIES = [...n8n.credentials, ...n8n.nodes].map((path) =>
	path.replace(/^dist\//, '').replace(/\.js$/, ''),
);

function clean(done) {
	rmSync('dist', { recursive: true, force: true });
	done();
}

/**
 * A readable file for each class that n8n looks for, and what they share in a few more, not minified:
 * n8n loads them faster than 150 small ones. The comments stay in the repository. ASCII only, or V8
 * would hold them with two bytes a character.
 */
async function bundle() {
	const { outputFiles } = await build({
		entryPoints: ENTRIES.map((entry) => `${entry}.ts`),
		outdir: 'dist',
		outbase: '.',
		chunkNames: 'shared/[hash]',
		write: false,
		bundle: true,
		splitting: true,
		platform: 'node',
		// What esbuild can split; it becomes CommonJS below.
		format: 'esm',
		target: 'es2022',
		external: ['n8n-workflow'],
		logLevel: 'warning',
	});
	for (const { path, text } of outputFiles) {
		const { outputText } = transpileModule(text, {
			compilerOptions: {
				removeComments: true,
				module: ModuleKind.ESNext,
				target: ScriptTarget.ES2022,
			},
		});
		mkdirSync(dirname(path), { recursive: true });
		writeFileSync(path, toCommonJs(outputText));
	}
}

/** The import and export lists that esbuild writes, as CommonJS; the files do not import each other in circles. */
function toCommonJs(text) {
	const renamed = (names) => names.replace(/(\w+) as (\w+)/g, '$2: $1');
	return text
		.replace(/^import \{([^}]*)\} from (".*?");/gm, (_, names, from) => {
			return `const {${names.replaceAll(' as ', ': ')}} = require(${from});`;
		})
		.replace(/^import (".*?");/gm, 'require($1);')
		.replace(/^export \{([^}]*)\};/gm, (_, names) => `module.exports = {${renamed(names)}};`)
		.replace(/^(?: {4})+/gm, (indent) => '\t'.repeat(indent.length / 4));
}

/** What is no code; `encoding: false` keeps the bytes as they are. */
function assets() {
	return src(['icons/*.svg', 'nodes/**/*.node.json'], { base: '.', encoding: false }).pipe(
		dest('dist'),
	);
}

exports.build = series(clean, parallel(bundle, assets));
