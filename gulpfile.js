const { mkdirSync, rmSync, writeFileSync } = require('node:fs');
const { readFile } = require('node:fs/promises');
const { basename, dirname, relative } = require('node:path');
const { build } = require('esbuild');
const { dest, parallel, series, src, watch } = require('gulp');
const { ModuleKind, ScriptTarget, transpileModule } = require('typescript');
const { n8n } = require('./package.json');

const PUBLISHED = [...n8n.credentials, ...n8n.nodes];
const BUNDLE = 'dist/vidu.js';
const ASSETS = ['icons/*.svg', 'nodes/**/*.node.json'];

function clean(done) {
	rmSync('dist', { recursive: true, force: true });
	done();
}

/** TypeScript to JavaScript without its comments, which esbuild would keep a part of. */
const withoutComments = {
	name: 'without-comments',
	setup({ onLoad }) {
		onLoad({ filter: /\.ts$/ }, async ({ path }) => ({
			contents: transpileModule(await readFile(path, 'utf8'), {
				fileName: path,
				compilerOptions: {
					removeComments: true,
					module: ModuleKind.ESNext,
					target: ScriptTarget.ES2022,
					inlineSourceMap: true,
				},
			}).outputText,
		}));
	},
};

/**
 * All code in one readable CommonJS file, not minified. In two passes, because only an input that is
 * no bundle comes out of esbuild without the paths of its modules.
 */
async function bundle() {
	const sources = PUBLISHED.map((path) => path.replace(/^dist/, '.').replace(/\.js$/, ''));
	const common = { platform: 'node', target: 'es2022', logLevel: 'warning', outfile: BUNDLE };
	const { outputFiles } = await build({
		...common,
		stdin: {
			contents: sources.map((source) => `export * from '${source}';`).join('\n'),
			resolveDir: __dirname,
		},
		plugins: [withoutComments],
		bundle: true,
		external: ['n8n-workflow'],
		format: 'esm',
		sourcemap: 'inline',
		write: false,
	});
	await build({
		...common,
		stdin: { contents: outputFiles[0].text, resolveDir: dirname(BUNDLE) },
		format: 'cjs',
		sourcemap: true,
	});
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
	return src(ASSETS, { base: '.', encoding: false }).pipe(dest('dist'));
}

exports.build = series(clean, parallel(bundle, faces, assets));
