/** Measures code as the package has it: tsx adds to every function what keeps its name, a third of the time. */
import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const HERE = fileURLToPath(new URL('.', import.meta.url));

/** What a function of a file in this folder returns, in a process of its own. */
export async function asBuilt(file: string, name: string): Promise<string> {
	const contents = `import { ${name} } from './${file}';
		void ${name}().then((table) => process.stdout.write(table));`;
	const { outputFiles } = await build({
		stdin: { contents, resolveDir: HERE },
		bundle: true,
		format: 'cjs',
		packages: 'external',
		platform: 'node',
		target: 'es2022',
		write: false,
	});
	const input = outputFiles[0]?.text;
	return execFileSync(process.execPath, ['-'], { input, cwd: HERE, encoding: 'utf8' });
}
