const { mkdirSync, rmSync, writeFileSync } = require('node:fs');
const { readFile } = require('node:fs/promises');
const { basename, dirname, join, relative } = require('node:path');
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

/** By source text, so that a rebuild takes only what has changed. */
const transpiled = new Map();

/** @returns JavaScript without its comments, which esbuild would keep a part of */
function withoutComments(text, fileName) {
	const compilerOptions = {
		removeComments: true,
		module: ModuleKind.ESNext,
		target: ScriptTarget.ES2022,
		inlineSourceMap: true,
	};
	return transpileModule(text, { fileName, compilerOptions }).outputText;
}

const typescript = {
	name: 'typescript',
	setup({ onLoad }) {
		onLoad({ filter: /\.ts$/ }, async ({ path }) => {
			const text = await readFile(path, 'utf8');
			if (!transpiled.has(text)) transpiled.set(text, withoutComments(text, path));
			return { contents: transpiled.get(text) };
		});
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
		plugins: [typescript],
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

/** What n8n shows of the output of a node that has not run yet. */
async function schemas() {
	const { tsImport } = await import('tsx/esm/api');
	const { outputSchemas } = await tsImport('./scripts/outputSchemas.mts', __filename);
	for (const [name, schema] of outputSchemas()) {
		const path = join('dist/nodes/Vidu/__schema__', name);
		mkdirSync(dirname(path), { recursive: true });
		writeFileSync(path, JSON.stringify(schema));
	}
}

/** What is no code; `encoding: false` keeps the bytes as they are. */
function assets() {
	return src(ASSETS, { base: '.', encoding: false }).pipe(dest('dist'));
}

const everything = parallel(bundle, faces, schemas, assets);

/**
 * For `npm run dev`: after each change, into the package that a running n8n has loaded as well. What
 * does not build is told by gulp, and the next change builds again.
 */
function rebuild(done) {
	const install = () =>
		src('dist/**', { encoding: false }).pipe(dest(join(process.env.VIDU_INSTALLED, 'dist')));
	watch(['nodes/**', 'credentials/**', 'icons/**'], series(everything, install)).on(
		'error',
		() => {},
	);
	done();
}

exports.build = series(clean, everything);
exports.watch = rebuild;
